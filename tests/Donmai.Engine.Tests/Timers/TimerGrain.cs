using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Timers;

internal sealed class TimerGrain(Witness witness) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;
    private bool _busy;

    private string Key => this.GetPrimaryKeyString();

    public Task Start(TimeSpan dueTime, TimeSpan period, string? gate = null, bool interleave = false, bool keepAlive = false)
    {
        var options = new GrainTimerCreationOptions(dueTime, period) { Interleave = interleave, KeepAlive = keepAlive };
        _timer = this.RegisterGrainTimer(static (grain, token) => grain.Self.Tick(grain.Gate, token), (Self: this, Gate: gate), options);
        witness.Report(Key, "armed");
        return Task.CompletedTask;
    }

    public Task StartFailing(TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                witness.Report(Key, $"failing {++_ticks}");
                throw new InvalidOperationException("a bad tick");
            },
            period,
            period);
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task StartAndWait(TimeSpan dueTime, bool interleave, string gate)
    {
        await Start(dueTime, Timeout.InfiniteTimeSpan, interleave: interleave);
        witness.Report(Key, "waiting");
        await witness.Pass(gate);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        witness.Report(Key, "deactivated");
        return Task.CompletedTask;
    }

    private async Task Tick(string? gate, CancellationToken token)
    {
        witness.Report(Key, _busy ? "overlap" : $"tick {++_ticks}");
        _busy = true;
        if (gate is not null)
        {
            await witness.Pass(gate).WaitAsync(token);
        }

        _busy = false;
        witness.Report(Key, "tock");
    }
}
