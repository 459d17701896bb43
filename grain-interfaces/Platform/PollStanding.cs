using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>How polling fares (platform-api.md §7). Additive to the published API.</summary>
[GenerateSerializer, Immutable, Alias("donmai.PollStanding")]
public sealed record PollStanding
{
    /// <summary>Whether the poll loop is active, skipped polls included.</summary>
    [Id(0)] public bool Running { get; init; }

    /// <summary>Milliseconds between two polls; 0 while it is unknown.</summary>
    [Id(1)] public int IntervalMs { get; init; }

    /// <summary>Why the last poll was skipped, in words; absent when it was not.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Skipped { get; init; }

    /// <summary>When the platform last answered a poll.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Polls in a row that failed.</summary>
    [Id(4)] public int Failures { get; init; }

    /// <summary>Why the last poll failed; absent when it did not.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? LastError { get; init; }

    /// <summary>Work items that were fetched and not started or refused yet.</summary>
    [Id(6)] public int QueueDepth { get; init; }

    /// <summary>Work items that became sessions since the daemon's start.</summary>
    [Id(7)] public long Accepted { get; init; }

    /// <summary>Work items that were refused since the daemon's start.</summary>
    [Id(8)] public long Refused { get; init; }

    /// <summary>Work items that were passed over since the daemon's start: their sessions run here, or were refused a short while ago.</summary>
    [Id(9)] public long Repeated { get; init; }
}
