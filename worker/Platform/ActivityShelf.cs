using Donmai.Core.Platform;
using Donmai.Core.Platform.Wire;

namespace Donmai.Worker.Platform;

/// <summary>
/// What is to be sent next: first what stands in the backlog file, then what waits in the queue. When the queue is half full, what is in it goes to the
/// file, so that a platform that is slow or away costs the agent nothing and loses nothing while there is room on the shelf.
/// </summary>
internal sealed partial class ActivityShelf : IDisposable
{
    private readonly ActivityPosterOptions _options;
    private readonly ActivityQueue _queue;
    private readonly ActivityComposer _composer;
    private readonly OutboxRequests _requests;
    private readonly OutboxFile? _backlog;
    private readonly Lock _moving = new();
    private OutboxEntry? _current;
    private bool _currentIsKept;
    private bool _isNoted;
    private long _number;
    private long _dropped;
    private bool _diskRefused;

    /// <summary>Opens the backlog, if there is one.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="queue">What waits.</param>
    public ActivityShelf(ActivityPosterOptions options, ActivityQueue queue)
    {
        _options = options;
        _queue = queue;
        _composer = new ActivityComposer(options);
        _requests = new OutboxRequests(options.SessionId, OutboxRequests.RunOf(options.Clock.GetUtcNow()), options.PlatformUrl.TrimEnd('/'), options.Clock);
        _backlog = options.BacklogPath is { } path ? OutboxFile.ForActivity(path, options.Clock) : null;
    }

    /// <summary>What the post that the session runs is called by.</summary>
    public string RunningKey => _requests.RunningKey;

    /// <summary>Whether what cannot be sent is kept.</summary>
    public bool HasBacklog => _backlog is not null;

    /// <summary>Activities that found no room here, or were given up.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The next activity to send; it stays the next one until it is <see cref="Done"/> or <see cref="Drop">dropped</see>.</summary>
    /// <param name="refused">What found no room in the queue; told with what was dropped here by a last activity when nothing else is left.</param>
    /// <returns><see langword="null"/> when there is nothing to send now.</returns>
    public OutboxEntry? Next(long refused)
    {
        lock (_moving)
        {
            _current = _backlog is null ? null : Guarded(_backlog.First);
            _currentIsKept = _current is not null;
            while (_current is null && _queue.Take() is { } draft)
                _current = Entry(draft);
            return _current ??= LastWords(refused + Dropped);
        }
    }

    /// <summary>The platform has the activity that is being sent.</summary>
    public void Done()
    {
        lock (_moving)
        {
            if (_currentIsKept)
                Guarded(Clear);
            _current = null;
        }
    }

    /// <summary>The activity that is being sent is given up.</summary>
    public void Drop()
    {
        Interlocked.Increment(ref _dropped);
        Done();
    }

    /// <summary>Moves what waits to the backlog whenever it becomes much, until the queue is closed.</summary>
    public async Task Keep(CancellationToken cancellationToken)
    {
        if (_backlog is null)
            return;
        try
        {
            while (!_queue.IsClosed)
            {
                await _queue.WaitUntilHalfFull(cancellationToken);
                lock (_moving)
                    Move();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // the rest is taken at the end
        }
    }

    /// <summary>Nothing is sent any more: what is left goes to the backlog or is dropped.</summary>
    /// <param name="refused">What found no room in the queue.</param>
    /// <returns>How many activities the backlog holds.</returns>
    public int TakeRest(long refused)
    {
        lock (_moving)
        {
            Move();
            if (_backlog is not null && LastWords(refused + Dropped) is { } words)
                Put(words);
            return _backlog?.Count ?? 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _backlog?.Dispose();

    private void Move()
    {
        if (_current is { } current && !_currentIsKept)
            _currentIsKept = Put(current);
        while (_queue.Take() is { } draft)
            if (Entry(draft) is { } entry)
                Put(entry);
    }

    private bool Clear()
    {
        _backlog!.Done(_current!);
        return true;
    }

    private bool Put(OutboxEntry entry)
    {
        if (_backlog is not null && Guarded(() => _backlog.TryAdd(entry)))
            return true;
        Interlocked.Increment(ref _dropped);
        return false;
    }

    private OutboxEntry? Entry(ActivityDraft draft) => _composer.Compose(draft) is { } activity ? _requests.Activity(++_number, activity) : null;

    private OutboxEntry? LastWords(long dropped)
    {
        if (!_queue.IsClosed || _isNoted || dropped == 0)
            return null;
        _isNoted = true;
        return _requests.Activity(++_number, new PlatformActivity
        {
            Type = ActivityType.Context,
            Content = $"dropped: {dropped}",
            ProviderName = _options.ProviderName.Length > 0 ? _options.ProviderName : null,
            Timestamp = PreciseTimestamp.ToText(_options.Clock.GetUtcNow()),
        });
    }

    // A disk that refuses is no reason to send nothing any more.
    private T? Guarded<T>(Func<T?> access)
    {
        try
        {
            return access();
        }
        catch (IOException refused)
        {
            if (!_diskRefused)
                NotKept(_options.Log, refused);
            _diskRefused = true;
            return default;
        }
    }
}
