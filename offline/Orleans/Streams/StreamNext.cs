using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Asks for the next items of a sequence.</summary>
internal sealed class StreamNext() : GrainRequest<StreamBatch>(StreamMethods.Next)
{
    public Guid Id { get; set; }

    public CancellationToken Cancellation { get; set; }

    public override CancellationToken GetCancellationToken() => Cancellation;

    public override async ValueTask<StreamBatch> InvokeOn(object target) => await ((Activation)RuntimeContext.Current!).Streams.Next(Id);

    public override void SetCancellationToken(CancellationToken token) => Cancellation = token;

    public override void WriteArguments(WireWriter writer) => writer.Write(Id);

    public override void ReadArguments(WireReader reader) => Id = reader.Read<Guid>();
}
