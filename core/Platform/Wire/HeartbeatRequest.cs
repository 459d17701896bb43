using System.Text.Json.Serialization;
using Donmai.Platform;

namespace Donmai.Core.Platform.Wire;

/// <summary>Body of a heartbeat (platform-api.md §6.2). Members that are <see langword="null"/> are left out.</summary>
public sealed record HeartbeatRequest
{
    /// <summary>Running sessions.</summary>
    public required int ActiveCount { get; init; }

    /// <summary>Most sessions at once; left out when 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int MaxSessions { get; init; }

    /// <summary>How busy the machine is; <see langword="null"/> when that is not known.</summary>
    public MachineLoad? Load { get; init; }

    /// <summary>SHA-256 of the allowlist in hex (platform-api.md §6.4).</summary>
    public string? AllowlistHash { get; init; }

    /// <summary>The allowlist, on beats whose hash is new.</summary>
    public List<AllowedProject>? Allowlist { get; init; }

    /// <summary>Ids of mutations that were applied.</summary>
    public List<string>? AppliedMutations { get; init; }

    /// <summary>Mutations that could not be applied.</summary>
    public List<MutationFailure>? MutationFailures { get; init; }

    /// <summary><c>idle</c>, <c>busy</c> or <c>draining</c>.</summary>
    public string? Status { get; init; }

    /// <summary>How many of <see cref="ActiveCount"/> are interactive; <see langword="null"/> when that is not known.</summary>
    public int? ActiveInteractiveCount { get; init; }

    /// <summary>The system's load averages.</summary>
    public LoadAverages? LoadAverage { get; init; }
}
