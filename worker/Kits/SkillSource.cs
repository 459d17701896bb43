namespace Donmai.Worker.Kits;

/// <summary>Skills that a program which embeds the worker gives to its sessions (worker.md §9.1).</summary>
public sealed record SkillSource
{
    /// <summary>Name of the source; orders sources of the same priority.</summary>
    public required string Id { get; init; }

    /// <summary>The higher, the earlier its skills stand in the prompt.</summary>
    public int Priority { get; init; }

    /// <summary>The file next to which the skills lie.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>The skills in their order, relative to the manifest's directory.</summary>
    public IReadOnlyList<string> SkillFiles { get; init; } = [];
}
