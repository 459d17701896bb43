using System.Reflection;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Serialization.Invocation;

/// <summary>A call of one method with its arguments. Generated classes derive from its typed forms, one for each method.</summary>
public abstract class GrainRequest(GrainMethod method) : IInvokable
{
    private object? _target;

    public GrainMethod Method { get; } = method;

    public object? GetTarget() => _target;

    public void SetTarget(ITargetHolder holder) => _target = holder.GetTarget();

    public abstract ValueTask<Response> Invoke();

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public virtual void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public string GetMethodName() => Method.Name;

    public string GetInterfaceName() => Method.InterfaceType.FullName!;

    public string GetActivityName() => $"{Method.InterfaceType.Name}/{Method.Name}";

    public MethodInfo GetMethod() => Method.Reflect();

    public Type GetInterfaceType() => Method.InterfaceType;

    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    /// <summary>The token among the arguments, if there is one.</summary>
    public virtual CancellationToken GetCancellationToken() => default;

    public void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Replaces the token among the arguments by the one that the grain sees.</summary>
    public virtual void SetCancellationToken(CancellationToken token)
    {
    }

    public virtual void CopyArguments(CopyContext context)
    {
    }

    public virtual void WriteArguments(WireWriter writer)
    {
    }

    public virtual void ReadArguments(WireReader reader)
    {
    }

    /// <summary>Sends the request to a grain of this process, on behalf of somebody who does not know its result's type.</summary>
    internal abstract RemoteCall Send(GrainCaller caller, GrainReference target);
}
