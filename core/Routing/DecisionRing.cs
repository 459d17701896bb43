using Donmai.Routing;

namespace Donmai.Core.Routing;

/// <summary>The most recent decisions, oldest dropped first, with a look-up by session (routing.md §2). Safe for any number of threads.</summary>
public sealed class DecisionRing
{
    /// <summary>Decisions kept when nothing else is asked for.</summary>
    public const int DefaultCapacity = 50;

    private readonly Lock _gate = new();
    private readonly LinkedList<RoutingExplanation> _entries = [];
    private readonly Dictionary<string, LinkedListNode<RoutingExplanation>> _bySession = new(StringComparer.Ordinal);

    /// <summary>An empty ring.</summary>
    /// <param name="capacity">Decisions kept; 0 or less means <see cref="DefaultCapacity"/>.</param>
    public DecisionRing(int capacity) => Capacity = OrDefault(capacity);

    /// <summary>How many decisions are kept at most.</summary>
    public int Capacity { get; private set; }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Adds a decision; the newest of a session is the one that is found.</summary>
    /// <returns>The decision that had to go for it, if there is no newer one of the same session.</returns>
    public RoutingDecision? Record(RoutingExplanation explanation)
    {
        var copy = Copy(explanation);
        lock (_gate)
        {
            var newest = _entries.AddLast(copy);
            if (copy.SessionId.Length > 0)
                _bySession[copy.SessionId] = newest;
            return _entries.Count > Capacity ? DropOldest() : null;
        }
    }

    /// <summary>Keeps another number of decisions from now on.</summary>
    /// <param name="capacity">As for a new ring.</param>
    /// <returns>The decisions that had to go, without those of which there is a newer one of the same session.</returns>
    public List<RoutingDecision> Resize(int capacity)
    {
        var gone = new List<RoutingDecision>();
        lock (_gate)
        {
            Capacity = OrDefault(capacity);
            while (_entries.Count > Capacity)
            {
                if (DropOldest() is { } dropped)
                    gone.Add(dropped);
            }
        }

        return gone;
    }

    /// <summary>The newest decision of a session that is still kept.</summary>
    public RoutingExplanation? Find(string sessionId)
    {
        lock (_gate)
            return _bySession.TryGetValue(sessionId, out var entry) ? Copy(entry.Value) : null;
    }

    /// <summary>All decisions, oldest first.</summary>
    public List<RoutingDecision> Recent()
    {
        lock (_gate)
            return [.. _entries.Select(static entry => Copy(entry.Decision))];
    }

    private static int OrDefault(int capacity) => capacity > 0 ? capacity : DefaultCapacity;

    private RoutingDecision? DropOldest()
    {
        var oldest = _entries.First!;
        _entries.RemoveFirst();
        if (!_bySession.TryGetValue(oldest.Value.SessionId, out var found) || found != oldest)
            return null;
        _bySession.Remove(oldest.Value.SessionId);
        return oldest.Value.Decision;
    }

    private static RoutingExplanation Copy(RoutingExplanation explanation) => explanation with
    {
        Decision = Copy(explanation.Decision),
        Trace = explanation.Trace.ConvertAll(static step => step with { Remaining = [.. step.Remaining], Eliminated = step.Eliminated?.ToList(), Ranking = step.Ranking?.ToList() }),
    };

    private static RoutingDecision Copy(RoutingDecision decision) =>
        decision with { RejectedCandidates = decision.RejectedCandidates?.ToList() };
}
