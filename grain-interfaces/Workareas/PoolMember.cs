using System.Text.Json.Serialization;

namespace Donmai.Workareas;

/// <summary>One prepared work area of the pool (workareas.md §8.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PoolMember")]
public sealed record PoolMember
{
    /// <summary>Its id.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary>Repository.</summary>
    [Id(1)] public string Repository { get; init; } = "";

    /// <summary>Commit or branch it is at.</summary>
    [Id(2)] public string Ref { get; init; } = "";

    /// <summary>Tools it was prepared with.</summary>
    [Id(3)] public string ToolchainKey { get; init; } = "";

    /// <summary><c>warming</c>, <c>ready</c>, <c>acquired</c>, <c>releasing</c>, <c>invalid</c> or <c>retired</c>.</summary>
    [Id(4)] public string Status { get; init; } = "";

    /// <summary>Hash over lock files.</summary>
    [Id(5)] public string CleanStateChecksum { get; init; } = "";

    /// <summary>When it was made.</summary>
    [Id(6), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Session that holds it.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? AcquiredBy { get; init; }

    /// <summary>When it was acquired last.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? LastAcquiredAt { get; init; }

    /// <summary>MiB on disk.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long DiskUsageMb { get; init; }
}
