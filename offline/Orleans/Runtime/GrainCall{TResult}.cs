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
            _ = RunFiltered(activation);
            return;
        }

        try
        {
            RequestContext.Import(Context);
            var result = request.InvokeOn(activation.GrainInstance!);
            if (!result.IsCompletedSuccessfully)
            {
                _ = Await(activation, result);
                return;
            }

            Complete(result.Result);
        }
        catch (Exception exception)
        {
            Fail(activation, exception);
        }

        activation.Completed(this);
    }

    public override void Receive(WireReader reader)
    {
        Release();
        _completion.TrySetResult(reader.Read<TResult>());
    }

    public override bool TryFail(Exception exception)
    {
        Release();
        return _completion.TrySetException(exception);
    }

    protected override bool TryCancel(CancellationToken token) => _completion.TrySetCanceled(token);

    private async Task Await(Activation activation, ValueTask<TResult> result)
    {
        try
        {
            Complete(await result);
        }
        catch (Exception exception)
        {
            Fail(activation, exception);
        }

        activation.Completed(this);
    }

    private async Task RunFiltered(Activation activation)
    {
        try
        {
            RequestContext.Import(Context);
            request.SetTarget(activation);
            var context = new IncomingCall(activation, this);
            await context.Invoke();
            Complete(context.Response!.GetResult<TResult>()!);
        }
        catch (Exception exception)
        {
            Fail(activation, exception);
        }

        activation.Completed(this);
    }

    private void Complete(TResult result)
    {
        Release();
        _completion.TrySetResult(default(CopyContext).Copy(result));
    }

    private void Fail(Activation activation, Exception exception)
    {
        TryFail(exception);
        activation.Observe(this, exception);
    }
}
