using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Says that nobody wants more of a sequence.</summary>
internal sealed class StreamStop() : GrainRequest<Nothing>(StreamMethods.Stop)
{
    public Guid Id { get; set; }

    public override ValueTask<Nothing> InvokeOn(object target) => Nothing.From(((Activation)RuntimeContext.Current!).Streams.Stop(Id));

    public override void WriteArguments(WireWriter writer) => writer.Write(Id);

    public override void ReadArguments(WireReader reader) => Id = reader.Read<Guid>();
}
