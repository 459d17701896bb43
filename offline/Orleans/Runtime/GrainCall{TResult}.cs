using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <inheritdoc/>
internal sealed class GrainCall<TResult>(GrainId target, GrainRequest<TResult> request) : GrainCall(target, request)
{
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Task => _completion.Task;

    public override bool IsCompleted => _completion.Task.IsCompleted;

    public override void Run(Activation activation)
    {
        if (activation.HasIncomingFilters && !request.Method.IsOfEngine)
        {
            _ = Await(activation, RunFiltered(activation));
            return;
        }

        try
        {
            RequestContext.Import(Context);
            var result = request.InvokeOn(activation.GrainInstance!);
            if (result.IsCompletedSuccessfully)
            {
                Complete(activation, result.Result);
            }
            else
            {
                _ = Await(activation, result);
            }
        }
        catch (Exception exception)
        {
            Fail(activation, exception);
        }
    }

    public override void Receive(WireReader reader)
    {
        _completion.TrySetResult(reader.Read<TResult>());
        Release();
    }

    public override bool TryFail(Exception exception)
    {
        var failed = _completion.TrySetException(exception);
        Release();
        if (IsOneWay)
        {
            // Nobody holds the task: its failure has been reported where it happened.
            _ = _completion.Task.Exception;
        }

        return failed;
    }

    protected override bool TryCancel(CancellationToken token) => _completion.TrySetCanceled(token);

    /// <summary>Observes the call's failure by handing it to the caller.</summary>
    private async Task Await(Activation activation, ValueTask<TResult> result)
    {
        try
        {
            Complete(activation, await result);
        }
        catch (Exception exception)
        {
            Fail(activation, exception);
        }
    }

    private async ValueTask<TResult> RunFiltered(Activation activation)
    {
        RequestContext.Import(Context);
        request.SetTarget(activation);
        var context = new IncomingCall(activation, this);
        await context.Invoke();
        return context.Response!.GetResult<TResult>()!;
    }

    /// <summary>The turn is over before the caller goes on.</summary>
    private void Complete(Activation activation, TResult result)
    {
        var copy = default(CopyContext).Copy(result);
        activation.Completed(this);
        _completion.TrySetResult(copy);
        Release();
    }

    private void Fail(Activation activation, Exception exception)
    {
        activation.Observe(this, exception);
        activation.Completed(this);
        TryFail(exception);
    }
}
