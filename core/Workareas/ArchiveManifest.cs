using System.Text.Json.Serialization;

namespace Donmai.Core.Workareas;

/// <summary>What is known of an archive: its <c>manifest.json</c> (workareas.md §2.1).</summary>
internal sealed record ArchiveManifest
{
    public string? Id { get; init; }

    public string? SessionId { get; init; }

    public string? ProjectId { get; init; }

    public string? ProviderId { get; init; }

    public string? SourceProvider { get; init; }

    public string? Disposition { get; init; }

    /// <summary>RFC 3339; a text that is no moment counts as absent.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>Bytes of the regular files under <c>tree/</c>, private directories left out.</summary>
    public long? SizeBytes { get; init; }

    public string? Repository { get; init; }

    public string? Ref { get; init; }

    public List<string>? Capabilities { get; init; }

    public Dictionary<string, string>? Toolchain { get; init; }

    /// <summary>The manifest as stored, unknown keys included.</summary>
    [JsonIgnore]
    public JsonText? Stored { get; init; }
}
