namespace Donmai.Core.Daemon.Setup;

/// <summary>What the wizard proposes its answers from (daemon-runtime.md §4.4).</summary>
public sealed record SetupFacts
{
    /// <summary>Machine id derived from the host.</summary>
    public required string MachineId { get; init; }

    /// <summary>Logical processors.</summary>
    public required int Processors { get; init; }

    /// <summary>MiB of memory.</summary>
    public required int MemoryMb { get; init; }

    /// <summary>Directory of the local queue, absolute.</summary>
    public required string QueueDirectory { get; init; }

    /// <summary>Address of the remote <c>origin</c> of the current directory, if it has one.</summary>
    public string? Remote { get; init; }

    /// <summary>Whether the environment gives the registration token.</summary>
    public bool HasEnvironmentToken { get; init; }
}
