using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai.FakePlatform.Sessions;

/// <summary>A session that was handed out, and everything that was told about it, as of one moment.</summary>
public sealed record Session
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public SessionState State { get; init; }

    /// <summary>The work item.</summary>
    public JsonElement? Item { get; init; }

    /// <summary>Whose it is.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>How often it was handed out.</summary>
    public int Claims { get; init; }

    /// <summary>Refusals.</summary>
    public ImmutableList<Nack> Nacks { get; init; } = [];

    /// <summary>How often its worker asked for its lock.</summary>
    public int LockRefreshes { get; init; }

    /// <summary>A test took it away from its worker: the lock is not refreshed any more.</summary>
    public bool TakenAway { get; init; }

    /// <summary>A test wants it ended: the lock is refreshed with <c>stop</c>.</summary>
    public bool StopAsked { get; init; }

    /// <summary>Its activities, in the order of their arrival.</summary>
    public ImmutableList<Activity> Activities { get; init; } = [];

    /// <summary>Its statuses, in the order of their arrival.</summary>
    public ImmutableList<StatusPost> Statuses { get; init; } = [];

    /// <summary>Its summaries, in the order of their arrival.</summary>
    public ImmutableList<CompletionPost> Completions { get; init; } = [];

    /// <summary>Whether it has ended.</summary>
    [JsonIgnore]
    public bool IsTerminal => State is SessionState.Completed or SessionState.Failed or SessionState.Stopped;

    /// <summary>How many activities arrived.</summary>
    public int ActivityCount => _dropped + Activities.Count;

    private int _dropped;

    /// <summary>With the last activities alone.</summary>
    internal Session WithLast(int count) =>
        Activities.Count <= count ? this : this with { Activities = Activities.GetRange(Activities.Count - count, count), _dropped = Activities.Count - count };
}
