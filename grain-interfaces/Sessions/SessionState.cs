using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>Where a session is in its life (control-api.md §4.8, daemon-runtime.md §9.5).</summary>
[GenerateSerializer, Alias("donmai.SessionState")]
[JsonConverter(typeof(JsonStringEnumConverter<SessionState>))]
public enum SessionState
{
    /// <summary>Accepted and durable; its worker process is being started.</summary>
    [JsonStringEnumMemberName("starting")] Starting,

    /// <summary>Its worker process runs.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>The worker ended with exit code 0 and nobody had asked it to stop.</summary>
    [JsonStringEnumMemberName("completed")] Completed,

    /// <summary>The worker ended with another code or a signal, could not be started, or its outcome is unknown.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>The worker was ended on purpose: by a stop, a drain, or its time limit.</summary>
    [JsonStringEnumMemberName("terminated")] Terminated,
}
