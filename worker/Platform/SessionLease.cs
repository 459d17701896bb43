using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;
using Donmai.Worker.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Platform;

/// <summary>
/// Keeps the platform's lock on a session (platform-api.md §9): at once, then every 30 s until it is disposed. A platform that is away does not cost the
/// session as long as its lease has not run out; one that says it belongs to somebody else does, at once.
/// </summary>
/// <param name="platform">The way to the platform.</param>
/// <param name="sessionId">The session.</param>
/// <param name="issueId">The issue that is locked; without one there is no lock.</param>
/// <param name="stop">Told when the session is lost, or is to stop.</param>
/// <param name="clock">Source of time.</param>
/// <param name="log">The worker's log.</param>
internal sealed partial class SessionLease(
    PlatformConnection platform, string sessionId, string issueId, SessionStop stop, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    /// <summary>After so many failed refreshes in a row the session is lost.</summary>
    private const int MostStrikes = 3;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>A platform gives a session away when nothing was heard of it for this long (platform-api.md §8).</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _refreshing = new(1);
    private Task? _keeping;
    private Task _confirming = Task.CompletedTask;
    private int _strikes;
    private long _heldAt;

    /// <summary>Takes the lease; returns after the first refresh, or when that takes long.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    /// <exception cref="OperationCanceledException">The session is to stop.</exception>
    public async Task Start()
    {
        if (_keeping is not null)
            throw new InvalidOperationException("the lease was taken before");
        _heldAt = clock.GetTimestamp();
        if (issueId.Length == 0)
        {
            _keeping = Task.CompletedTask;
            return;
        }

        var first = Refresh();
        _keeping = Keep(first);
        try
        {
            await first.WaitAsync(Patience, clock, stop.Requested);
        }
        catch (TimeoutException)
        {
            Waited(log, Patience.TotalSeconds);
        }
    }

    /// <summary>Refreshes once more, out of turn. Without a lease there is nothing to confirm.</summary>
    public async Task Confirm()
    {
        if (_keeping is null || issueId.Length == 0)
            return;
        try
        {
            _confirming = Refresh();
            await _confirming.WaitAsync(Patience, clock, stop.Requested);
        }
        catch (TimeoutException)
        {
            Waited(log, Patience.TotalSeconds);
        }
        catch (OperationCanceledException) when (stop.Cause is not null)
        {
            return;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_keeping is not null)
            await _keeping;
        await _confirming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // cancelled, or observed by who asked
        _refreshing.Dispose();
        _ending.Dispose();
    }

    private async Task Keep(Task first)
    {
        try
        {
            await first;
            while (stop.Cause?.ExitReason != ExitReason.LostOwnership)
            {
                await Task.Delay(Every, clock, _ending.Token);
                await Refresh();
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Refresh()
    {
        await _refreshing.WaitAsync(_ending.Token);
        try
        {
            var answer = await Ask();
            if (answer is { Refreshed: false, Stop: not true })
            {
                await Task.Delay(AskAgain, clock, _ending.Token);
                answer = await Ask();
                if (answer is { Refreshed: false, Stop: not true })
                    Lose("the platform says twice that the session is not this worker's");
            }

            Take(answer);
        }
        catch (PermanentPlatformException refused)
        {
            Strike(refused.Message);
        }
        catch (TransientPlatformException failed) when (failed.StatusCode is < 500 and not (408 or 425 or 429))
        {
            Strike(failed.Message);
        }
        catch (TransientPlatformException away)
        {
            NotRefreshed(log, away.Message);
            if (clock.GetElapsedTime(_heldAt) > Length)
                Lose($"the platform was away for longer than its lease of {Length.TotalMinutes:0} min: {away.Message}");
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private Task<LockRefreshAnswer> Ask() =>
        platform.Client.RefreshLock(platform.Access, sessionId, new LockRefreshRequest { IssueId = issueId }, _ending.Token);

    private void Take(LockRefreshAnswer answer)
    {
        if (answer.Stop == true)
            stop.TryRequest(SessionEnd.StopRequested(mode: null));
        else if (answer.Refreshed is null)
            Strike("the platform does not say whether the session is still this worker's");
        else if (answer.Refreshed == true)
            (_strikes, _heldAt) = (0, clock.GetTimestamp());
    }

    private void Strike(string reason)
    {
        NotRefreshed(log, reason);
        if (++_strikes >= MostStrikes)
            Lose($"the session's lock could not be refreshed {MostStrikes} times in a row: {reason}");
    }

    private void Lose(string reason)
    {
        Lost(log, reason);
        stop.TryRequest(SessionEnd.LostOwnership(reason));
    }
}
