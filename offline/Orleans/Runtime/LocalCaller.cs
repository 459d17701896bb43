using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Carries calls inside the silo's process.</summary>
internal sealed class LocalCaller(SiloRuntime silo, IEnumerable<IOutgoingGrainCallFilter> filters) : GrainCaller(filters, silo.Classes)
{
    protected override Task<TResult> Send<TResult>(GrainReference target, GrainRequest<TResult> request)
    {
        try
        {
            if (request.GetCancellationToken() is { IsCancellationRequested: true } cancelled)
            {
                return Task.FromCanceled<TResult>(cancelled);
            }

            request.CopyArguments(default(CopyContext));
            var call = new GrainCall<TResult>(target.GrainId, request);
            if (call.IsOneWay)
            {
                silo.Directory.Deliver(call);
                return Task.FromResult<TResult>(default!);
            }

            silo.Deadlines.Add(call);
            call.FollowCancellation();
            silo.Directory.Deliver(call);
            return call.Task;
        }
        catch (Exception exception)
        {
            return Task.FromException<TResult>(exception);
        }
    }
}
