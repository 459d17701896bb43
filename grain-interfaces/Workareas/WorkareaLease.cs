namespace Donmai.Workareas;

/// <summary>The places a session may use until it ends.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaLease")]
public sealed record WorkareaLease
{
    /// <summary>Directory the work tree will be made in; it does not exist yet.</summary>
    [Id(0)] public string WorktreePath { get; init; } = "";

    /// <summary>Existing 0700 directory for the session's records and logs (worker.md §1.8).</summary>
    [Id(1)] public string RecordPath { get; init; } = "";

    /// <summary>When it was acquired.</summary>
    [Id(2)] public DateTimeOffset AcquiredAt { get; init; }

    /// <summary>How its tree is come by (<see cref="Workareas.AcquirePath"/>).</summary>
    [Id(3)] public string AcquirePath { get; init; } = "";

    /// <summary>Member of the pool that its tree is made from; <see langword="null"/> when it is cloned.</summary>
    [Id(4)] public WorkareaSeed? Seed { get; init; }
}
