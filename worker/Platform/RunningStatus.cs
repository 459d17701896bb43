using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;

namespace Donmai.Worker.Platform;

/// <summary>Tells the platform that the session runs, at most once successfully and never two at a time (platform-api.md §10.4).</summary>
/// <param name="platform">The way to the platform.</param>
/// <param name="sessionId">The session.</param>
internal sealed class RunningStatus(PlatformConnection platform, string sessionId)
{
    private const string Running = "running";

    private readonly Lock _deciding = new();
    private Task _announcing = Task.CompletedTask;
    private volatile bool _isKnown;

    /// <summary>Completes when nothing is being told any more.</summary>
    public Task Ended => _announcing;

    /// <summary>Tells it, unless the platform knows it or is being told.</summary>
    /// <param name="call">How.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public void Announce(PlatformCall call, CancellationToken cancellationToken)
    {
        lock (_deciding)
            if (!_isKnown && _announcing.IsCompleted && !cancellationToken.IsCancellationRequested)
                _announcing = Tell(call, cancellationToken);
    }

    private async Task Tell(PlatformCall call, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await platform.Client.PostStatus(platform.Access, sessionId, new StatusRequest { Status = Running }, idempotencyKey: null, cancellationToken, call);
            _isKnown = true;
        }
        catch (PermanentPlatformException)
        {
            _isKnown = true; // it would be refused again
        }
        catch (Exception failed) when (failed is TransientPlatformException or OperationCanceledException)
        {
            return; // the next activity that is delivered tries once more
        }
    }
}
