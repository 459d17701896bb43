using Donmai.Platform;

namespace Donmai.Core.Platform.Wire;

/// <summary>Body of a registration (platform-api.md §3). Members that are <see langword="null"/> are left out.</summary>
public sealed record RegisterRequest
{
    /// <summary>Id of the machine, else its host name.</summary>
    public string? MachineId { get; init; }

    /// <summary>Name of the machine.</summary>
    public required string Hostname { get; init; }

    /// <summary>Sessions it can run at once, at least 1.</summary>
    public required int Capacity { get; init; }

    /// <summary>Version of the daemon.</summary>
    public string? Version { get; init; }

    /// <summary>What the machine can do, in the order of the specification.</summary>
    public List<ProvidedKind>? Provides { get; init; }

    /// <summary>Allowlist entries, sorted (platform-api.md §6.3).</summary>
    public List<AllowedProject>? DaemonProjects { get; init; }
}
