using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Something a session left (worker.md §8.6).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SessionArtifact")]
public sealed record SessionArtifact
{
    /// <summary><c>pull-request</c>, <c>branch</c>, <c>commit</c>, <c>bundle</c>, <c>patch</c>, <c>events</c>, <c>log</c> or <c>archive</c>.</summary>
    [Id(0)] public string Kind { get; init; } = "";

    /// <summary>Where it is: an address, a name, a path.</summary>
    [Id(1)] public string Ref { get; init; } = "";

    /// <summary>Size in bytes, of files.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Size { get; init; }

    /// <summary>SHA-256 in hexadecimal, of files that do not change any more.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Sha256 { get; init; }
}
