using System.Text.Json.Serialization;

namespace Donmai.Daemon;

/// <summary>Life-cycle states of the daemon (daemon-runtime.md §6.1, control-api.md §3).</summary>
[GenerateSerializer, Alias("donmai.DaemonState")]
[JsonConverter(typeof(JsonStringEnumConverter<DaemonState>))]
public enum DaemonState
{
    /// <summary>Before start and after stop.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>Configuration, locks and listeners are being set up.</summary>
    [JsonStringEnumMemberName("starting")] Starting,

    /// <summary>Sessions of the former life are being found again.</summary>
    [JsonStringEnumMemberName("recovering")] Recovering,

    /// <summary>Work is accepted.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>No new work; sessions go on.</summary>
    [JsonStringEnumMemberName("paused")] Paused,

    /// <summary>No new work; the daemon waits for its sessions to end.</summary>
    [JsonStringEnumMemberName("draining")] Draining,

    /// <summary>A new version is being installed.</summary>
    [JsonStringEnumMemberName("updating")] Updating,

    /// <summary>Start failed.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
