using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Serialization.Invocation;

/// <inheritdoc/>
public abstract class GrainStreamRequest<TItem>(GrainMethod method) : GrainStreamRequest(method)
{
    public abstract IAsyncEnumerable<TItem> InvokeOn(object target);

    public sealed override ValueTask<Response> Invoke() => new(Response.FromResult(InvokeOn(GetTarget()!)));

    internal sealed override StreamSession Open(object target, int batchSize) => new StreamSession<TItem>(this, target, batchSize);
}
