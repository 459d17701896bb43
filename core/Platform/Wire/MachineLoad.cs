namespace Donmai.Core.Platform.Wire;

/// <summary>How busy a machine is (platform-api.md §6.2).</summary>
public sealed record MachineLoad
{
    /// <summary>Processors, 0 to 100 percent.</summary>
    public required double Cpu { get; init; }

    /// <summary>Memory, 0 to 100 percent.</summary>
    public required double Memory { get; init; }
}
