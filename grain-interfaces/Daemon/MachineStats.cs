using System.Text.Json.Serialization;

namespace Donmai.Daemon;

/// <summary>One machine in <see cref="DaemonStats"/> (control-api.md §4.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.MachineStats")]
public sealed record MachineStats
{
    /// <summary>Machine id.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary>Hint for scheduling; may be empty.</summary>
    [Id(1)] public string Region { get; init; } = "";

    /// <summary>Life-cycle state on the wire.</summary>
    [Id(2)] public string Status { get; init; } = "";

    /// <summary>Version of the program.</summary>
    [Id(3)] public string Version { get; init; } = "";

    /// <summary>Live sessions.</summary>
    [Id(4)] public int ActiveSessions { get; init; }

    /// <summary>What it offers.</summary>
    [Id(5)] public MachineCapacity Capacity { get; init; } = new();

    /// <summary>Whole seconds since start.</summary>
    [Id(6)] public long UptimeSeconds { get; init; }

    /// <summary>When it was heard of last: the time of the request.</summary>
    [Id(7), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset LastSeenAt { get; init; }
}
