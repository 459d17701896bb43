using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Serialization.Invocation;

/// <inheritdoc/>
public abstract class GrainRequest<TResult>(GrainMethod method) : GrainRequest(method)
{
    public abstract ValueTask<TResult> InvokeOn(object target);

    public sealed override async ValueTask<Response> Invoke()
    {
        try
        {
            return Response.FromResult(await InvokeOn(GetTarget()!));
        }
        catch (Exception exception)
        {
            return Response.FromException(exception);
        }
    }

    internal sealed override RemoteCall Send(GrainCaller caller, GrainReference target) => new RemoteCall<TResult>(caller.Call(target, this));
}
