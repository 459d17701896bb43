using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Caps of an interactive session; 0 means none (platform-api.md §7.2, worker.md §8.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.InterviewBudget")]
public sealed record InterviewBudget
{
    /// <summary>Seconds of the whole session.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxWallClockSeconds { get; init; }

    /// <summary>Seconds that the session waits for the next message.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int IdleGraceSeconds { get; init; }
}
