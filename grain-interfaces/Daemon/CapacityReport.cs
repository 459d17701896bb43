using System.Text.Json.Serialization;

namespace Donmai.Daemon;

/// <summary>Capacity and what of it can be changed (control-api.md §4.6).</summary>
[GenerateSerializer, Immutable, Alias("donmai.CapacityReport")]
public sealed record CapacityReport
{
    /// <summary>Resource envelope.</summary>
    [Id(0)] public MachineCapacity Capacity { get; init; } = new();

    /// <summary>Disk envelope of the work area pool in GiB; 0 means no limit.</summary>
    [Id(1)] public int PoolMaxDiskGb { get; init; }

    /// <summary>Keys that a <see cref="CapacityChange"/> may name.</summary>
    [Id(2)] public List<string> SettableKeys { get; init; } = [];

    /// <summary>When this was answered.</summary>
    [Id(3), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset Timestamp { get; init; }
}
