using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <inheritdoc cref="IIncomingGrainCallContext"/>
internal sealed class IncomingCall(Activation activation, GrainCall call) : GrainCallContext(call.Request, call.Target), IIncomingGrainCallContext
{
    public override object Grain => activation.GrainInstance!;

    public override GrainId? SourceId => call.Source;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod => call.Request.Method.ReflectOn(activation.GrainInstance!.GetType()) ?? InterfaceMethod;

    protected override async ValueTask<bool> TryFilter(int stage)
    {
        var filters = activation.Silo.IncomingFilters;
        var filter = stage < filters.Length ? filters[stage]
            : stage == filters.Length ? activation.GrainInstance as IIncomingGrainCallFilter
            : null;
        if (filter is null)
        {
            return false;
        }

        await filter.Invoke(this);
        return true;
    }

    protected override ValueTask<Response> InvokeTarget() => call.Request.Invoke();
}
