using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Metadata;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A grain in memory: its instance, its turns, its life.</summary>
internal sealed class Activation : IGrainContext
{
    private readonly SiloRuntime _silo;
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private AsyncServiceScope _scope;
    private GrainReference? _reference;
    private ActivationTimers? _timers;
    private ActivationStreams? _streams;
    private DeactivationReason? _ending;
    private bool _started;
    private bool _activated;
    private long _lastActivity;
    private long _keepUntil;

    public Activation(SiloRuntime silo, GrainId grainId, GrainClass grainClass)
    {
        _silo = silo;
        GrainId = grainId;
        Class = grainClass;
        Turns = new ActivationTurns(grainClass.Reentrant);
        Scheduler = new ActivationScheduler(this);
        Touch();
    }

    public GrainId GrainId { get; }

    public GrainClass Class { get; }

    public ActivationId ActivationId { get; } = ActivationId.NewId();

    public ActivationTurns Turns { get; }

    public ActivationScheduler Scheduler { get; }

    public SiloRuntime Silo => _silo;

    public object? GrainInstance { get; private set; }

    public GrainReference GrainReference => _reference ??= _silo.Caller.References.Create(Class.Interfaces[0], GrainId);

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public Task Deactivated => _deactivated.Task;

    public ActivationTimers Timers => _timers ??= new ActivationTimers(this);

    public ActivationStreams Streams => _streams ??= new ActivationStreams(this);

    /// <summary>The states that are read before the grain starts.</summary>
    public List<IStorage> States { get; } = [];

    public bool HasIncomingFilters => _silo.IncomingFilters.Length > 0 || GrainInstance is IIncomingGrainCallFilter;

    /// <returns>False if it has ended: ask the directory again.</returns>
    public bool TryDeliver(GrainCall call)
    {
        call.Activation = this;
        if (!Turns.TryAdd(call, out var schedule))
        {
            return false;
        }

        if (schedule)
        {
            Scheduler.Schedule();
        }
        else if (!_started)
        {
            Start();
        }

        return true;
    }

    /// <summary>A turn has ended.</summary>
    public void Completed(GrainCall call)
    {
        if (call.IsActivity)
        {
            Touch();
        }

        if (Turns.Completed(call))
        {
            Scheduler.Schedule();
        }
    }

    /// <summary>Sees the exceptions of calls: an activation whose state is not what is stored cannot go on.</summary>
    public void Observe(GrainCall call, Exception exception)
    {
        if (call.IsOneWay)
        {
            _silo.Log.OneWayFailed(exception, call.Request.GetActivityName(), GrainId);
        }

        if (exception is InconsistentStateException { IsSourceActivation: true } inconsistent)
        {
            inconsistent.IsSourceActivation = false;
            Deactivate(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, exception, "The state of the grain is not what is stored"));
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_ending is not null)
            {
                return;
            }

            _ending = deactivationReason;
            if (!_activated)
            {
                // It ends once it has started; the calls that wait are somebody else's then.
                return;
            }
        }

        Run(End);
    }

    /// <summary>What the grain has registered with a token runs in a turn, like the rest of its code.</summary>
    public void Cancel(CancellationTokenSource cancellation) => Run(() =>
    {
        try
        {
            cancellation.Cancel();
        }
        catch (AggregateException exception)
        {
            _silo.Log.CancellationFailed(exception, GrainId);
        }

        return Task.CompletedTask;
    });

    /// <summary>How long nothing has happened; null while something happens or the grain has asked to be kept.</summary>
    public TimeSpan? IdleFor()
    {
        var now = _silo.Clock.GetTimestamp();
        return _activated && Turns.IsIdle && now >= Volatile.Read(ref _keepUntil)
            ? _silo.Clock.GetElapsedTime(Volatile.Read(ref _lastActivity), now)
            : null;
    }

    /// <summary>Not collected for the given time; a negative or zero time takes that back.</summary>
    public void DelayDeactivation(TimeSpan time)
    {
        var until = time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue
            ? long.MaxValue
            : _silo.Clock.GetTimestamp() + (long)(Math.Max(0, time.TotalSeconds) * _silo.Clock.TimestampFrequency);
        Volatile.Write(ref _keepUntil, until);
    }

    public object? GetTarget() => GrainInstance;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public override string ToString() => $"{GrainId}{ActivationId}";

    private void Touch() => Volatile.Write(ref _lastActivity, _silo.Clock.GetTimestamp());

    private void Start()
    {
        lock (_gate)
        {
            if (_started)
            {
                return;
            }

            _started = true;
        }

        _silo.Directory.Add(this);
        Run(Activate);
    }

    /// <summary>The task observes its own failures.</summary>
    private void Run(Func<Task> step)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _ = Task.Factory.StartNew(step, CancellationToken.None, TaskCreationOptions.None, Scheduler);
        }
    }

    private async Task Activate()
    {
        try
        {
            using var timeout = new CancellationTokenSource(_silo.Collection.ActivationTimeout, _silo.Clock);
            _scope = _silo.Services.CreateAsyncScope();
            var grain = Class.Create(new GrainActivator(this));
            GrainInstance = grain;
            foreach (var state in States)
            {
                await state.ReadStateAsync(timeout.Token);
            }

            await grain.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            _silo.Log.ActivationFailed(exception, GrainId);
            _ending = new DeactivationReason(DeactivationReasonCode.ActivationFailed, exception, "The grain could not start");
            await Bury(_ending.Value);
            return;
        }

        bool ends;
        lock (_gate)
        {
            _activated = true;
            ends = _ending is not null;
        }

        Touch();
        if (ends)
        {
            await End();
        }
        else
        {
            Turns.Open();
        }
    }

    private async Task End()
    {
        var reason = _ending!.Value;
        using var timeout = new CancellationTokenSource(_silo.Collection.DeactivationTimeout, _silo.Clock);
        await Attempt(() => StopWork(timeout.Token));
        await Attempt(() => ((IGrainBase)GrainInstance!).OnDeactivateAsync(reason, timeout.Token).WaitAsync(timeout.Token));
        await Bury(reason);
    }

    /// <summary>Calls that run may end; nothing new begins.</summary>
    private async Task StopWork(CancellationToken token)
    {
        var quiet = Turns.Quiesce();
        _timers?.StopAll();
        await (_streams?.StopAll() ?? Task.CompletedTask).WaitAsync(token);
        await quiet.WaitAsync(token);
    }

    /// <summary>A step of the end that fails does not keep the next ones from happening.</summary>
    private async Task Attempt(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception)
        {
            _silo.Log.DeactivationFailed(exception, GrainId);
        }
    }

    private async Task Bury(DeactivationReason reason)
    {
        _timers?.StopAll();
        await Attempt(Release);
        _silo.Directory.Remove(this);
        foreach (var call in Turns.Close())
        {
            _silo.Forward(call, reason);
        }

        _deactivated.TrySetResult();
    }

    private async Task Release()
    {
        switch (GrainInstance)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }

        await _scope.DisposeAsync();
    }
}
