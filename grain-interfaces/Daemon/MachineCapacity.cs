using System.Text.Json.Serialization;

namespace Donmai.Daemon;

/// <summary>What one machine offers to sessions (control-api.md §4.3).</summary>
[GenerateSerializer, Immutable, Alias("donmai.MachineCapacity")]
public sealed record MachineCapacity
{
    /// <summary>Slots.</summary>
    [Id(0)] public int MaxConcurrentSessions { get; init; }

    /// <summary>Virtual processors a session may ask for.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxVCpuPerSession { get; init; }

    /// <summary>MiB a session may ask for.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxMemoryMbPerSession { get; init; }

    /// <summary>Virtual processors left to the system.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int ReservedVCpu { get; init; }

    /// <summary>MiB left to the system.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int ReservedMemoryMb { get; init; }
}
