using Donmai.Core.Platform;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Platform;

/// <summary>
/// Tells a platform what an agent does (platform-api.md §10). Events are handed over without ever waiting and are sent in order, one at a time, with
/// bounded retries; what finds no room, or no platform, goes to the backlog file or is dropped and counted. Safe for use by several threads.
/// </summary>
/// <remarks>
/// Use: create it with the id of the session, <see cref="Start"/>, <see cref="Send"/> every event of the agent, <see cref="Stop"/>. With the first
/// activity that was delivered, or earlier by <see cref="AgentStarted"/>, the session's status becomes <c>running</c>, once; terminal statuses are
/// those of <see cref="ResultPoster"/>.
/// </remarks>
public sealed partial class ActivityPoster : IAsyncDisposable
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    private readonly ActivityPosterOptions _options;
    private readonly PlatformConnection _platform;
    private readonly ActivityMapping _mapping;
    private readonly ActivityQueue _queue;
    private readonly ActivityShelf _shelf;
    private readonly RunningStatus _running;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _sending = new();
    private CancellationTokenRegistration _cancelled;
    private Task? _delivering;
    private Task? _keeping;
    private Task<ActivityTally>? _stopping;
    private bool _isStarted;
    private long _toldAt;
    private long _dropped;
    private long _delivered;

    /// <summary>Creates a poster that does nothing yet.</summary>
    /// <param name="options">What it works with.</param>
    /// <exception cref="ArgumentException">The session or the platform's URL is missing, or a limit is out of its range.</exception>
    /// <exception cref="IOException">The backlog file cannot be opened.</exception>
    public ActivityPoster(ActivityPosterOptions options)
    {
        ActivityPosterChecks.Check(options);
        _options = options;
        _platform = new PlatformConnection(
            options.PlatformUrl, new RuntimeCredentials(options.WorkerId, options.AuthToken), options.Credentials, options.Transport, options.Clock);
        _mapping = new ActivityMapping(options);
        _queue = new ActivityQueue(options.QueueSize, options.MaxQueueBytes);
        _shelf = new ActivityShelf(options, _queue);
        _running = new RunningStatus(_platform, options.SessionId, _shelf.RunningKey, options.Clock);
    }

    /// <summary>Activities that nobody will see.</summary>
    public long Dropped => Interlocked.Read(ref _dropped) + _shelf.Dropped;

    /// <summary>Begins to send. Again: nothing happens.</summary>
    /// <param name="cancellationToken">Ends it at once: what is left goes to the backlog or is dropped.</param>
    public void Start(CancellationToken cancellationToken = default)
    {
        lock (_sending)
        {
            if (_delivering is not null || _stopping is not null)
                return;
            _cancelled = cancellationToken.Register(static ending => ((CancellationTokenSource)ending!).Cancel(), _ending);
            _delivering = Task.Run(Deliver, CancellationToken.None);
            _keeping = Task.Run(() => _shelf.Keep(_ending.Token), CancellationToken.None);
        }
    }

    /// <summary>
    /// The agent runs: the platform is told with three attempts, without waiting for an activity, and every 30 s as long as it did not hear it. Again:
    /// nothing happens.
    /// </summary>
    public void AgentStarted()
    {
        if (_delivering is not null && !_ending.IsCancellationRequested && !Interlocked.Exchange(ref _isStarted, true))
            _running.Insist(_ending.Token);
    }

    /// <summary>
    /// Hands an event over. Never waits. Events that are no activity take no room; before <see cref="Start"/> and after <see cref="Stop"/> nothing is taken.
    /// </summary>
    /// <param name="happening">The event.</param>
    public void Send(AgentEvent? happening)
    {
        lock (_sending)
        {
            if (_delivering is null || _stopping is not null)
                return;
            if (_mapping.Draft(happening, _options.Clock.GetUtcNow()) is not { } draft || _queue.TryAdd(draft))
                return;
            _dropped++;
        }

        TellDrops();
    }

    /// <summary>
    /// Takes no more, and gives what is left <see cref="ActivityPosterOptions.StopDrainTimeout"/>. What could not be sent by then goes to the backlog or is
    /// dropped. Again: the same.
    /// </summary>
    /// <returns>What became of everything.</returns>
    public Task<ActivityTally> Stop()
    {
        lock (_sending)
            return _stopping ??= End();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        _cancelled.Dispose();
        _ending.Dispose();
        _queue.Dispose();
        _shelf.Dispose();
        _platform.Dispose();
    }

    private async Task<ActivityTally> End()
    {
        await Task.Yield();
        _queue.Close();
        if (_delivering is not null)
        {
            using var patience = new CancellationTokenSource(_options.StopDrainTimeout, _options.Clock);
            await using var expiry = patience.Token.Register(static ending => ((CancellationTokenSource)ending!).Cancel(), _ending);
            await Task.WhenAll(_delivering, _keeping!);
            await _running.Finish(_ending.Token);
        }

        await _ending.CancelAsync();
        await _running.Ended;
        var kept = _shelf.TakeRest(Interlocked.Read(ref _dropped));
        if (kept > 0 || Dropped > 0)
            NotAllDelivered(_options.Log, _delivered, Dropped, kept);
        return new ActivityTally(_delivered, Dropped, kept);
    }

    private async Task Deliver()
    {
        try
        {
            while (true)
            {
                if (_shelf.Next(Interlocked.Read(ref _dropped)) is { } next)
                    await Pass(next);
                else if (_queue.IsClosed)
                    return;
                else
                    await _queue.Wait(_ending.Token);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return; // what is left is dealt with by who ends it
        }
#pragma warning disable CA1031 // Telling what the agent does must never be what ends it.
        catch (Exception unforeseen)
#pragma warning restore CA1031
        {
            DeliveryFailed(_options.Log, unforeseen);
        }
    }

    private async Task Pass(OutboxEntry next)
    {
        while (!await TryPass(next))
            await Task.Delay(_options.MaxBackoff, _options.Clock, _ending.Token);
    }

    /// <returns>Whether the activity is dealt with; one that is kept in the backlog is tried again and again.</returns>
    private async Task<bool> TryPass(OutboxEntry next)
    {
        try
        {
            await new OutboxDelivery(_platform.Client).Send(next, _platform.Access, _ending.Token, How);
            _delivered++;
            _shelf.Done();
            _running.Announce(PlatformCalls.Running with { Waits = [] }, _ending.Token);
            return true;
        }
        catch (PermanentPlatformException refused)
        {
            Refused(_options.Log, refused.Message);
            _shelf.Drop();
            return true;
        }
        catch (TransientPlatformException failed)
        {
            NotDelivered(_options.Log, failed.Message);
            if (_shelf.HasBacklog)
                return false;
            _shelf.Drop();
            return true;
        }
    }

    private PlatformCall How(PlatformCall usual) =>
        (usual with { Timeout = _options.AttemptTimeout }).Doubling(_options.MaxRetries + 1, _options.InitialBackoff, _options.MaxBackoff);

    // A flood of events must not become a flood of warnings.
    private void TellDrops()
    {
        var now = _options.Clock.GetTimestamp();
        lock (_sending)
        {
            if (_toldAt != 0 && _options.Clock.GetElapsedTime(_toldAt, now) < TellEvery)
                return;
            _toldAt = now;
        }

        NoRoom(_options.Log, _options.QueueSize, Dropped);
    }
}
