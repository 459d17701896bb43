using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Serialization.Invocation;

/// <summary>A call of a method that returns a sequence.</summary>
public abstract class GrainStreamRequest(GrainMethod method) : GrainRequest(method)
{
    /// <summary>Calls the method and keeps what it returns for the asking.</summary>
    internal abstract StreamSession Open(object target, int batchSize);

    /// <summary>Each enumeration has a request of its own: its token is replaced on the way.</summary>
    internal GrainStreamRequest Clone() => (GrainStreamRequest)MemberwiseClone();

    internal sealed override RemoteCall Send(GrainCaller caller, GrainReference target) =>
        throw new InvalidOperationException("A sequence is asked for batch by batch.");
}
