namespace Donmai.Workareas;

/// <summary>What to remove from the pool (workareas.md §8.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PoolEviction")]
public sealed record PoolEviction
{
    /// <summary>Repository whose members to remove; required.</summary>
    [Id(0)] public string RepoUrl { get; init => field = value ?? ""; } = "";

    /// <summary>Age in seconds that a member must exceed; over 0.</summary>
    [Id(1)] public long OlderThanSeconds { get; init; }
}
