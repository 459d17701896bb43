namespace Donmai.Grains.Platform;

/// <summary>The sessions that were refused for good, for a while (platform-api.md §8).</summary>
/// <param name="remembered">The while.</param>
/// <param name="clock">Measures it.</param>
internal sealed class RefusalMemory(TimeSpan remembered, TimeProvider clock)
{
    /// <summary>Refusals that are remembered; the oldest are forgotten, which costs one more refusal.</summary>
    private const int Most = 10_000;

    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly Queue<(string SessionId, long At)> _order = new(); // by a clock that nobody sets

    /// <summary>Remembers one that it does not know.</summary>
    public void Add(string sessionId)
    {
        if (_refused.Add(sessionId))
            _order.Enqueue((sessionId, clock.GetTimestamp()));
    }

    /// <summary>Whether a session was refused a while ago or less.</summary>
    public bool Contains(string sessionId)
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > Most || clock.GetElapsedTime(oldest.At) >= remembered))
            _refused.Remove(_order.Dequeue().SessionId);
        return _refused.Contains(sessionId);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _refused.Clear();
        _order.Clear();
    }
}
