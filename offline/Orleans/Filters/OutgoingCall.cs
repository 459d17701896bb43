using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <inheritdoc cref="IOutgoingGrainCallContext"/>
internal sealed class OutgoingCall(
    GrainReference target, GrainRequest request, IOutgoingGrainCallFilter[] filters, Func<Task<Response>> send)
    : GrainCallContext(request, target.GrainId), IOutgoingGrainCallContext
{
    public override object Grain => target;

    public override GrainId? SourceId => SourceContext?.GrainId;

    public IGrainContext? SourceContext { get; } = RuntimeContext.Current;

    protected override async ValueTask<bool> TryFilter(int stage)
    {
        if (stage >= filters.Length)
        {
            return false;
        }

        await filters[stage].Invoke(this);
        return true;
    }

    protected override async ValueTask<Response> InvokeTarget() => await send();
}
