namespace Donmai.Worker.Platform;

/// <summary>
/// Activities on their way from the agent to the platform, bounded in number and in memory. Adding never waits: what finds no room is refused.
/// Consecutive pieces of the agent's words are joined while they wait.
/// </summary>
/// <param name="capacity">Most activities.</param>
/// <param name="bytes">About the most bytes of memory they may take.</param>
internal sealed class ActivityQueue(int capacity, long bytes) : IDisposable
{
    private readonly Lock _access = new();
    private readonly Queue<ActivityDraft> _waiting = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly SemaphoreSlim _pressure = new(0);
    private ActivityDraft? _last;
    private long _size;
    private bool _closed;

    /// <summary>Activities that wait.</summary>
    public int Count
    {
        get
        {
            lock (_access)
                return _waiting.Count;
        }
    }

    /// <summary>Whether nothing more is taken.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_access)
                return _closed;
        }
    }

    /// <summary>Adds an activity.</summary>
    /// <returns>Whether there was room.</returns>
    public bool TryAdd(ActivityDraft draft)
    {
        lock (_access)
        {
            var before = _last?.Size ?? 0;
            if (_last?.TryJoin(draft) == true)
            {
                _size += _last.Size - before;
                return true;
            }

            if (draft is { IsPiece: true, IsBlank: true })
                return true; // nothing is said
            if (_closed || _waiting.Count >= capacity || _size + draft.Size > bytes)
                return false;
            _waiting.Enqueue(draft);
            _size += draft.Size;
            _last = draft;
            Tell(_news);
            if (_waiting.Count > capacity / 2 || _size > bytes / 2)
                Tell(_pressure);
            return true;
        }
    }

    /// <summary>Takes the oldest activity; <see langword="null"/> when there is none.</summary>
    public ActivityDraft? Take()
    {
        lock (_access)
        {
            if (!_waiting.TryDequeue(out var draft))
                return null;
            _size -= draft.Size;
            if (ReferenceEquals(draft, _last))
                _last = null;
            return draft;
        }
    }

    /// <summary>Takes no more.</summary>
    public void Close()
    {
        lock (_access)
        {
            _closed = true;
            Tell(_news);
            Tell(_pressure);
        }
    }

    /// <summary>Waits until something was added, or the queue was closed, since the last wait. May end without either.</summary>
    public Task Wait(CancellationToken cancellationToken) => _news.WaitAsync(cancellationToken);

    /// <summary>Waits until the queue is more than half full, or closed. May end without either.</summary>
    public Task WaitUntilHalfFull(CancellationToken cancellationToken) => _pressure.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _news.Dispose();
        _pressure.Dispose();
    }

    private static void Tell(SemaphoreSlim waiter)
    {
        if (waiter.CurrentCount == 0)
            waiter.Release();
    }
}
