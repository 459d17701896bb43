namespace Donmai.Core.Daemon.Updates;

/// <summary>What a channel says of a release (daemon-runtime.md §12.1, §12.4).</summary>
public sealed record ReleaseManifest
{
    /// <summary>The version, verbatim: it is part of the addresses.</summary>
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>SHA-256 by name of file, for a release with one file per system (additive); goes before <see cref="Sha256"/>.</summary>
    public Dictionary<string, string>? Files { get; init; }

    /// <summary>When it was released, as it was written; for people.</summary>
    public string? ReleasedAt { get; init; }

    /// <summary>What a file must have as its SHA-256; <see langword="null"/> when the manifest does not say it.</summary>
    public string? HashOf(string fileName) => Files?.GetValueOrDefault(fileName) ?? Sha256;
}
