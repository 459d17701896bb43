namespace Donmai.Core.Workareas.Restoring;

/// <summary>What takes room on a machine beside archives and restored work areas.</summary>
public sealed record MachineOccupancy
{
    /// <summary>Ids of the live sessions.</summary>
    public IReadOnlySet<string> LiveSessions { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Bytes of the pool's members.</summary>
    public long PoolBytes { get; init; }
}
