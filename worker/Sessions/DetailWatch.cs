using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>
/// Looks at the detail of a session that an orchestrator ordered, every five seconds: it may ask the session to stop (worker.md §1.4, §2.4) and
/// bring input. A local session is told everything by a signal.
/// </summary>
internal sealed class DetailWatch : IAsyncDisposable
{
    /// <summary>More often than the daemon is asked: somebody else may have asked just before.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly LatestDetail _latest;
    private readonly SessionStop _stop;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ending = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>Creates the watch; whoever asks for the detail meanwhile makes it see as well.</summary>
    /// <param name="latest">The detail.</param>
    /// <param name="stop">Receives the request to stop.</param>
    /// <param name="clock">Source of time.</param>
    public DetailWatch(LatestDetail latest, SessionStop stop, TimeProvider clock)
    {
        _latest = latest;
        _clock = clock;
        _stop = stop;
        latest.Renewed += Look;
    }

    /// <summary>Looks whether a detail asks for the stop.</summary>
    public void Look(SessionDetail detail)
    {
        if (detail.Stop)
            _stop.TryRequest(SessionEnd.StopRequested(detail.StopMode));
    }

    /// <summary>Begins to look.</summary>
    public void Begin() => _watching = Watch();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _watching;
        _ending.Dispose();
    }

    private async Task Watch()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, _clock, _ending.Token);
                await _latest.Renew(refused: false, _ending.Token);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return;
        }
    }
}
