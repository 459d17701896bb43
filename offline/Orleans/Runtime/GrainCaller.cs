using Orleans.Metadata;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Carries calls from references to grains.</summary>
internal abstract class GrainCaller
{
    private readonly IOutgoingGrainCallFilter[] _filters;

    protected GrainCaller(IEnumerable<IOutgoingGrainCallFilter> filters, IGrainTypes types)
    {
        _filters = [.. filters];
        References = new GrainReferences(this, types);
    }

    public GrainReferences References { get; }

    public Task<TResult> Call<TResult>(GrainReference target, GrainRequest<TResult> request) =>
        _filters.Length == 0 || request.Method.IsOfEngine ? Send(target, request) : CallFiltered(target, request);

    /// <summary>Sends a request whose outcome is awaited. Never throws: what is wrong is in the task.</summary>
    protected abstract Task<TResult> Send<TResult>(GrainReference target, GrainRequest<TResult> request);

    private async Task<TResult> CallFiltered<TResult>(GrainReference target, GrainRequest<TResult> request)
    {
        var call = new OutgoingCall(target, request, _filters, async () => Response.FromResult(await Send(target, request)));
        await call.Invoke();
        return call.Response!.GetResult<TResult>()!;
    }
}
