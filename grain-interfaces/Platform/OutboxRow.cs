using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>A request that waits or was refused; the activities of a session are one row.</summary>
[GenerateSerializer, Immutable, Alias("donmai.OutboxRow")]
public sealed record OutboxRow
{
    /// <summary><see cref="State"/>: it waits.</summary>
    public const string Waiting = "waiting";

    /// <summary><see cref="State"/>: the platform refused it for good.</summary>
    public const string Refused = "refused";

    /// <summary>Id of the request; of activities that of the oldest.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary>The session.</summary>
    [Id(1)] public string SessionId { get; init; } = "";

    /// <summary><c>completion</c>, <c>status</c>, <c>issue-status</c>, <c>comment</c> or <c>activity</c>.</summary>
    [Id(2)] public string Kind { get; init; } = "";

    /// <summary>How many requests; 1 except for activities.</summary>
    [Id(3)] public int Count { get; init; } = 1;

    /// <summary><see cref="Waiting"/> or <see cref="Refused"/>.</summary>
    [Id(4)] public string State { get; init; } = "";

    /// <summary>When it was written; of a refused one, when it was refused.</summary>
    [Id(5), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset Since { get; init; }

    /// <summary>Why it was refused, or why it waits, when that is known.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }

    /// <summary>The platform it is for.</summary>
    [Id(7)] public string PlatformUrl { get; init; } = "";
}
