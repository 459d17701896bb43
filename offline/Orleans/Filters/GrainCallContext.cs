using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>What filters see of a call, on both ends.</summary>
internal abstract class GrainCallContext(GrainRequest request, GrainId target) : IGrainCallContext
{
    private int _next;

    public IInvokable Request => request;

    public abstract object Grain { get; }

    public abstract GrainId? SourceId { get; }

    public GrainId TargetId => target;

    public GrainInterfaceType InterfaceType => Metadata.GrainModules.Interface(request.Method.InterfaceType).InterfaceType;

    public string InterfaceName => request.GetInterfaceName();

    public string MethodName => request.GetMethodName();

    public MethodInfo InterfaceMethod => request.GetMethod();

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    public Response? Response { get; set; }

    /// <summary>Runs the next filter, or after the last one the call itself, whose exception the filters see.</summary>
    public async Task Invoke()
    {
        var stage = _next++;
        try
        {
            if (await TryFilter(stage))
            {
                return;
            }

            Response = await InvokeTarget();
            if (Response.Exception is { } exception)
            {
                ExceptionDispatchInfo.Throw(exception);
            }
        }
        finally
        {
            _next = stage;
        }
    }

    /// <returns>False if there is no such filter.</returns>
    protected abstract ValueTask<bool> TryFilter(int stage);

    protected abstract ValueTask<Response> InvokeTarget();
}
