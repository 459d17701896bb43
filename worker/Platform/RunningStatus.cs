using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;

namespace Donmai.Worker.Platform;

/// <summary>Tells the platform that the session runs, at most once successfully and never two at a time (platform-api.md §10.4).</summary>
/// <param name="platform">The way to the platform.</param>
/// <param name="sessionId">The session.</param>
/// <param name="key">What the post is called by, so that one whose answer was lost counts once.</param>
/// <param name="clock">Time.</param>
internal sealed class RunningStatus(PlatformConnection platform, string sessionId, string key, TimeProvider clock)
{
    private const string Running = "running";

    /// <summary>An agent that is busy without a word is not shown as waiting for longer than that after the platform is back.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private readonly Lock _deciding = new();
    private Task _announcing = Task.CompletedTask;
    private Task _insisting = Task.CompletedTask;
    private volatile bool _isWanted;
    private volatile bool _isKnown;

    /// <summary>Completes when nothing will be told any more, after the cancellation of what was asked for.</summary>
    public Task Ended => Task.WhenAll(_announcing, _insisting);

    /// <summary>Tells it with three attempts, and then every 30 s as long as nobody heard it. Called once.</summary>
    /// <param name="cancellationToken">Gives it up.</param>
    public void Insist(CancellationToken cancellationToken)
    {
        Announce(PlatformCalls.Running, cancellationToken);
        _insisting = Repeat(cancellationToken);
    }

    /// <summary>The session ends: a platform that was told in vain so far is told before it hears of the end.</summary>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task Finish(CancellationToken cancellationToken)
    {
        await _announcing;
        if (_isWanted)
            Announce(PlatformCalls.Running, cancellationToken);
        await _announcing;
    }

    /// <summary>Tells it, unless the platform knows it or is being told.</summary>
    /// <param name="call">How.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public void Announce(PlatformCall call, CancellationToken cancellationToken)
    {
        _isWanted = true;
        lock (_deciding)
            if (!_isKnown && _announcing.IsCompleted && !cancellationToken.IsCancellationRequested)
                _announcing = Tell(call, cancellationToken);
    }

    private async Task Repeat(CancellationToken cancellationToken)
    {
        try
        {
            await _announcing;
            while (!_isKnown)
            {
                await Task.Delay(Again, clock, cancellationToken);
                Announce(PlatformCalls.Running, cancellationToken);
                await _announcing;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Tell(PlatformCall call, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await platform.Client.PostStatus(platform.Access, sessionId, new StatusRequest { Status = Running }, key, cancellationToken, call);
            _isKnown = true;
        }
        catch (PermanentPlatformException)
        {
            _isKnown = true; // it would be refused again
        }
        catch (Exception failed) when (failed is TransientPlatformException or OperationCanceledException)
        {
            return; // it is tried again with the next activity that is delivered, or after a while
        }
    }
}
