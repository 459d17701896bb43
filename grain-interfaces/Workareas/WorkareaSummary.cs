using System.Text.Json.Serialization;

namespace Donmai.Workareas;

/// <summary>One row of the list of work areas (workareas.md §4.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.WorkareaSummary")]
public sealed record WorkareaSummary
{
    /// <summary>Id: the session id of an active one, the directory name of an archive.</summary>
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

    /// <summary>Branch, tag or commit asked for.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Ref { get; init; }

    /// <summary>Repository as asked for.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Repository { get; init; }

    /// <summary>When the archive was made.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Bytes of the archive's regular files.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long SizeBytes { get; init; }

    /// <summary>What produced the archive.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SourceProvider { get; init; }

    /// <summary>Why the archive exists, or what is wrong with it.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Disposition { get; init; }

    /// <summary>When the session got it.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? AcquiredAt { get; init; }

    /// <summary>Whole seconds since <see cref="AcquiredAt"/>.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long AgeSeconds { get; init; }

    /// <summary>Directory of the tree of an active one.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Path { get; init; }
}
