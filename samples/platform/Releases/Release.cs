namespace Donmai.FakePlatform.Releases;

/// <summary>A file of a release of the daemon (docs/updates.md).</summary>
public sealed record Release
{
    /// <summary>The channel; its newest release is the one that was published last.</summary>
    public string Channel { get; init; } = "stable";

    /// <summary>A semantic version.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the file.</summary>
    public string FileName { get; init; } = "donmai-daemon-amd64-linux";

    /// <summary>Its bytes.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Its signature; empty for none (404).</summary>
    public byte[] Signature { get; init; } = [];
}
