using System.Text.Json.Serialization;

namespace Donmai.Workareas;

/// <summary>The member of the pool that a session's tree is made from (workareas.md §8.3). It is read, never handed out.</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaSeed")]
public sealed record WorkareaSeed
{
    /// <summary>Id of the member.</summary>
    [Id(0)] public string MemberId { get; init; } = "";

    /// <summary>Its directory.</summary>
    [Id(1)] public string Path { get; init; } = "";

    /// <summary>Hash over its lock files when the session got it.</summary>
    [Id(2)] public string CleanStateChecksum { get; init; } = "";

    /// <summary>Tools and versions that the repository declares.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Dictionary<string, string>? Toolchain { get; init; }
}
