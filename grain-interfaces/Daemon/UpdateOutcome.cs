using System.Text.Json.Serialization;

namespace Donmai.Daemon;

/// <summary>How an update ended (control-api.md §4.5).</summary>
[GenerateSerializer, Immutable, Alias("donmai.UpdateOutcome")]
public sealed record UpdateOutcome
{
    /// <summary>Whether a new version was installed.</summary>
    [Id(0)] public bool Updated { get; init; }

    /// <summary>The version that runs next.</summary>
    [Id(1)] public string Version { get; init; } = "";

    /// <summary><c>update-applied</c>, <c>already-up-to-date</c>, or what failed, a colon, and words.</summary>
    [Id(2)] public string Reason { get; init; } = "";

    /// <summary>When it ended.</summary>
    [Id(3), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset FinishedAt { get; init; }
}
