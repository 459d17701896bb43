using System.Text.Json.Serialization;

namespace Donmai.Workareas;

/// <summary>One work area in full (workareas.md §4.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.Workarea")]
public sealed record Workarea
{
    /// <summary>Id.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary><c>active</c> or <c>archived</c>.</summary>
    [Id(1)] public string Kind { get; init; } = "";

    /// <summary>Work area provider; may be empty.</summary>
    [Id(2)] public string ProviderId { get; init; } = "";

    /// <summary>Session it belongs to.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SessionId { get; init; }

    /// <summary>Id of the allowlist entry.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProjectId { get; init; }

    /// <summary>Status (workareas.md §1).</summary>
    [Id(5)] public string Status { get; init; } = "";

    /// <summary>Directory of the tree.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Path { get; init; }

    /// <summary>Branch, tag or commit asked for.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Ref { get; init; }

    /// <summary>Repository as asked for.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Repository { get; init; }

    /// <summary>Tools and versions.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Dictionary<string, string>? Toolchain { get; init; }

    /// <summary>When the session got it.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? AcquiredAt { get; init; }

    /// <summary>Directory of the archive.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ArchiveLocation { get; init; }

    /// <summary>The whole manifest as stored, unknown keys included.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Manifest { get; init; }

    /// <summary><c>exclusive</c>: the tree is one session's.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Mode { get; init; }

    /// <summary>How the tree was come by (<see cref="Workareas.AcquirePath"/>).</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? AcquirePath { get; init; }

    /// <summary>Hash over the lock files of the pool's member that the tree was made from (workareas.md §8.3).</summary>
    [Id(15), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CleanStateChecksum { get; init; }

    /// <summary>Session that the tree belongs to.</summary>
    [Id(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? OwnerSession { get; init; }

    /// <summary>Links of a restored tree that lead out of it, by path in byte order; the first 100.</summary>
    [Id(17), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string>? EscapingLinks { get; init; }
}
