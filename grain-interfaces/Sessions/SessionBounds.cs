using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>
/// Longest times of a session's phases, in seconds (worker.md §2.1, §2.2); 0 leaves the worker's own. Additive: <c>session.limits</c> of
/// <c>daemon.yaml</c>, and <c>limits</c> of a work item and of the session detail.
/// </summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionBounds")]
public sealed record SessionBounds
{
    /// <summary>Making the work tree.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int WorktreeSeconds { get; init; }

    /// <summary>What kits do before the agent.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int KitsSeconds { get; init; }

    /// <summary>From the start of an agent to its first event.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int SpawnSeconds { get; init; }

    /// <summary>A turn that reminds the agent of what is missing.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int SteeringSeconds { get; init; }

    /// <summary>Delivering the work in the agent's place.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int BackstopSeconds { get; init; }

    /// <summary>Telling the issue how it went.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int PublishingSeconds { get; init; }

    /// <summary>Measuring what was done.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int ClosingSeconds { get; init; }

    /// <summary>The terminal requests.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int ReportingSeconds { get; init; }

    /// <summary>Removing the work tree.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int CleaningSeconds { get; init; }

    /// <summary>Without any event of a running agent.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int NoProgressSeconds { get; init; }

    /// <summary>These bounds, and those of <paramref name="wider"/> where these say nothing.</summary>
    public SessionBounds Over(SessionBounds? wider) => wider is null ? this : new()
    {
        WorktreeSeconds = First(WorktreeSeconds, wider.WorktreeSeconds),
        KitsSeconds = First(KitsSeconds, wider.KitsSeconds),
        SpawnSeconds = First(SpawnSeconds, wider.SpawnSeconds),
        SteeringSeconds = First(SteeringSeconds, wider.SteeringSeconds),
        BackstopSeconds = First(BackstopSeconds, wider.BackstopSeconds),
        PublishingSeconds = First(PublishingSeconds, wider.PublishingSeconds),
        ClosingSeconds = First(ClosingSeconds, wider.ClosingSeconds),
        ReportingSeconds = First(ReportingSeconds, wider.ReportingSeconds),
        CleaningSeconds = First(CleaningSeconds, wider.CleaningSeconds),
        NoProgressSeconds = First(NoProgressSeconds, wider.NoProgressSeconds),
    };

    private static int First(int own, int wider) => own > 0 ? own : wider;
}
