namespace Donmai.Core.Workareas.Restoring;

/// <summary>What a restore needs, and what is taken already.</summary>
internal sealed record RestoreDemand
{
    /// <summary>Live sessions and restored work areas, those that are being made included.</summary>
    public required int PlacesTaken { get; init; }

    /// <summary>Bytes of the regular files that are to be copied.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Bytes of the pool and of restored work areas.</summary>
    public required decimal UsedBytes { get; init; }

    /// <summary>Directory that restored trees lie in; it need not be there yet.</summary>
    public required string Place { get; init; }
}
