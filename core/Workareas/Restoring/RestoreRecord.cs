namespace Donmai.Core.Workareas.Restoring;

/// <summary>What is known of a restored work area: its <c>&lt;id&gt;.json</c> (workareas.md §5). All that its archive could tell is in it, for the archive may be removed.</summary>
internal sealed record RestoreRecord
{
    public required string RestoreId { get; init; }

    public required string ArchiveId { get; init; }

    public string? IntoSessionId { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset RestoredAt { get; init; }

    /// <summary>Bytes of the regular files (additive).</summary>
    public long SizeBytes { get; init; }

    /// <summary>Links that lead out of the tree, the first of them (additive).</summary>
    public List<string>? EscapingLinks { get; init; }

    /// <summary>The archive's manifest as stored (additive).</summary>
    public JsonText? Manifest { get; init; }
}
