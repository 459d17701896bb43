using System.Text.Json.Serialization;

namespace Donmai.Workareas;

/// <summary>The work area pool at a glance (workareas.md §8.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PoolStats")]
public sealed record PoolStats
{
    /// <summary>Members by repository, tools and id.</summary>
    [Id(0)] public List<PoolMember> Members { get; init; } = [];

    /// <summary>All members.</summary>
    [Id(1)] public int TotalMembers { get; init; }

    /// <summary>Members that can be acquired.</summary>
    [Id(2)] public int ReadyMembers { get; init; }

    /// <summary>Members that sessions hold.</summary>
    [Id(3)] public int AcquiredMembers { get; init; }

    /// <summary>Members being made.</summary>
    [Id(4)] public int WarmingMembers { get; init; }

    /// <summary>Members waiting to be made anew.</summary>
    [Id(5)] public int InvalidMembers { get; init; }

    /// <summary>MiB of all members.</summary>
    [Id(6)] public long TotalDiskUsageMb { get; init; }

    /// <summary>When this was answered.</summary>
    [Id(7), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset Timestamp { get; init; }

    /// <summary>Why the pool could not be looked at (additive).</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Error { get; init; }
}
