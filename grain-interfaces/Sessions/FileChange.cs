namespace Donmai.Sessions;

/// <summary>How much of one file changed.</summary>
[GenerateSerializer, Immutable, Alias("donmai.FileChange")]
public sealed record FileChange
{
    /// <summary>Path relative to the work tree.</summary>
    [Id(0)] public string Path { get; init; } = "";

    /// <summary>Lines added; 0 for a binary file.</summary>
    [Id(1)] public int Insertions { get; init; }

    /// <summary>Lines removed; 0 for a binary file.</summary>
    [Id(2)] public int Deletions { get; init; }

    /// <summary>The file is binary, so lines were not counted.</summary>
    [Id(3)] public bool Binary { get; init; }
}
