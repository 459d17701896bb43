using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Begins a sequence and asks for its first items.</summary>
internal sealed class StreamStart() : GrainRequest<StreamBatch>(StreamMethods.Start)
{
    public Guid Id { get; set; }

    public int BatchSize { get; set; }

    public GrainStreamRequest Request { get; set; } = null!;

    public CancellationToken Cancellation { get; set; }

    public override CancellationToken GetCancellationToken() => Cancellation;

    public override async ValueTask<StreamBatch> InvokeOn(object target) =>
        await ((Activation)RuntimeContext.Current!).Streams.Start(Id, Request, BatchSize);

    /// <summary>The token stops the wait; the sequence itself is stopped by its own request.</summary>
    public override void SetCancellationToken(CancellationToken token) => Cancellation = token;

    public override void CopyArguments(CopyContext context) => Request.CopyArguments(context);

    public override void WriteArguments(WireWriter writer)
    {
        writer.Write(Id);
        writer.Write(BatchSize);
        writer.Write(GrainModules.Interface(Request.Method.InterfaceType).InterfaceType);
        writer.Write(Request.Method.Signature);
        Request.WriteArguments(writer);
    }

    public override void ReadArguments(WireReader reader)
    {
        Id = reader.Read<Guid>();
        BatchSize = reader.Read<int>();
        Request = (GrainStreamRequest)WireRequests.Create(reader.Read<GrainInterfaceType>(), reader.Read<string>());
        Request.ReadArguments(reader);
    }
}
