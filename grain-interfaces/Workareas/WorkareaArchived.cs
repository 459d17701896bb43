namespace Donmai.Workareas;

/// <summary>Where a session's tree went.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaArchived")]
public sealed record WorkareaArchived
{
    /// <summary>Id of the archive; empty when there was no tree to keep.</summary>
    [Id(0)] public string ArchiveId { get; init; } = "";

    /// <summary>Directory of the archived tree; empty when there was none.</summary>
    [Id(1)] public string TreePath { get; init; } = "";

    /// <summary>Why nothing could be archived, in words; <see langword="null"/> when nothing went wrong.</summary>
    [Id(2)] public string? Problem { get; init; }

    /// <summary>Nothing is kept, and there is no tree any more: so the policy or the release mode says.</summary>
    [Id(3)] public bool Removed { get; init; }
}
