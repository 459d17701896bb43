using System.Text.Json.Serialization;
using Donmai.Platform;

namespace Donmai.Core.Platform.Wire;

/// <summary>Answer to a heartbeat (platform-api.md §6.5). Older orchestrators send less, or nothing.</summary>
public sealed record HeartbeatAnswer
{
    /// <summary>Whether the beat was noted; not looked at.</summary>
    public bool? Acknowledged { get; init; }

    /// <summary>The orchestrator's time.</summary>
    public string? ServerTime { get; init; }

    /// <summary>Work that waits; told only.</summary>
    public double? PendingWorkCount { get; init; }

    /// <summary>What the orchestrator thinks of this host; <see langword="null"/> leaves the former word in force.</summary>
    public HostStatusDetail? HostStatus { get; init; }

    /// <summary>Changes that are asked for, each a <see cref="PendingMutation"/> that may be malformed on its own.</summary>
    public List<JsonText>? PendingMutations { get; init; }

    /// <summary>Why nothing could be read of a successful answer; <see langword="null"/> when it could, or was empty. The beat counts all the same.</summary>
    [JsonIgnore] public string? Unreadable { get; init; }
}
