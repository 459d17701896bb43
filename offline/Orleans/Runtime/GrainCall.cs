using Orleans.Metadata;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A request on its way to an activation, and what its caller waits for.</summary>
internal abstract class GrainCall(GrainId target, GrainRequest request)
{
    private CancellationTokenSource? _cancellation;
    private Action<GrainCall>? _cancelElsewhere;
    private CancellationTokenRegistration _cancelledByCaller;

    public GrainId Target { get; } = target;

    public GrainRequest Request { get; } = request;

    public GrainId? Source { get; } = RuntimeContext.Current?.GrainId;

    public Dictionary<string, object>? Context { get; } = RequestContext.Export();

    public bool IsOneWay => Request.Method.Has(GrainMethodOptions.OneWay);

    public bool AlwaysInterleaves => Request.Method.Has(GrainMethodOptions.AlwaysInterleave);

    public bool IsReadOnly => Request.Method.Has(GrainMethodOptions.ReadOnly);

    /// <summary>The call keeps the activation from being idle; ticks of its own timers do so only if they are meant to.</summary>
    public bool IsActivity => (Request.Method.Options & (GrainMethodOptions.Tick | GrainMethodOptions.Activity)) != GrainMethodOptions.Tick;

    /// <summary>The activation that runs the call, or will.</summary>
    public Activation? Activation { get; set; }

    /// <summary>How often the call has met an activation that was ending.</summary>
    public int Forwards { get; set; }

    /// <summary>The next call that waits for the same activation.</summary>
    public GrainCall? NextWaiting { get; set; }

    /// <summary>The call's number on the wire, if it runs in another process.</summary>
    public long Number { get; set; }

    /// <summary>Where the call waits for its deadline.</summary>
    public CallDeadlines.Entry Deadline;

    public abstract bool IsCompleted { get; }

    /// <summary>Runs the call on the activation's scheduler and completes it; never fails itself.</summary>
    public abstract void Run(Activation activation);

    /// <summary>Completes the call with a result from another process.</summary>
    public abstract void Receive(Serialization.WireReader reader);

    public abstract bool TryFail(Exception exception);

    protected abstract bool TryCancel(CancellationToken token);

    /// <summary>The caller's token cancels the wait at once, and the grain's token after that.</summary>
    /// <param name="elsewhere">Tells the grain, if it runs in another process.</param>
    public void FollowCancellation(Action<GrainCall>? elsewhere = null)
    {
        var token = Request.GetCancellationToken();
        if (!token.CanBeCanceled)
        {
            return;
        }

        _cancelElsewhere = elsewhere;
        if (elsewhere is null)
        {
            _cancellation = new CancellationTokenSource();
            Request.SetCancellationToken(_cancellation.Token);
        }

        _cancelledByCaller = token.UnsafeRegister(
            static (state, token) =>
            {
                var call = (GrainCall)state!;
                call.TryCancel(token);
                call.CancelGrain();
            },
            this);
        if (IsCompleted)
        {
            // The answer was faster than the registration.
            _cancelledByCaller.Dispose();
        }
    }

    public void Expire(TimeSpan timeout, bool cancelGrain)
    {
        TryFail(new TimeoutException(
            $"Response did not arrive on time in {timeout} for {Request.GetActivityName()} of {Target}."));
        if (cancelGrain)
        {
            CancelGrain();
        }
    }

    /// <summary>The caller has its answer.</summary>
    protected void Release()
    {
        _cancelledByCaller.Dispose();
        Deadline.Leave(this);
    }

    private void CancelGrain()
    {
        _cancelElsewhere?.Invoke(this);
        if (_cancellation is null)
        {
            return;
        }

        if (Activation is { } activation)
        {
            activation.Cancel(_cancellation);
        }
        else
        {
            // No grain has seen the token yet.
            _cancellation.Cancel();
        }
    }
}
