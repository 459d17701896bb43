namespace Donmai.Workareas;

/// <summary>What a member of the pool holds.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SeedFinding")]
public sealed record SeedFinding
{
    /// <summary>Commit of the default branch.</summary>
    [Id(0)] public string Commit { get; init; } = "";

    /// <summary>SHA-256 over lock files and what else is declared, lower-case hex (workareas.md §8.3).</summary>
    [Id(1)] public string CleanStateChecksum { get; init; } = "";

    /// <summary>Tools and versions that the repository declares.</summary>
    [Id(2)] public Dictionary<string, string> Toolchain { get; init; } = [];

    /// <summary>Bytes on disk.</summary>
    [Id(3)] public long SizeBytes { get; init; }
}
