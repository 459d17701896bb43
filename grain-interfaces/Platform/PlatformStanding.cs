using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>How the daemon stands to its orchestrator; never a token (platform-api.md §3, §13).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PlatformStanding")]
public sealed record PlatformStanding
{
    /// <summary><c>real</c>, <c>stub</c> (nothing is sent) or <c>local</c> (no orchestrator is configured).</summary>
    [Id(0)] public string Mode { get; init; } = "";

    /// <summary>
    /// <c>starting</c>, <c>registered</c>, <c>unreachable</c> (tried again soon), <c>refused</c> (401, 403 or another lasting refusal; tried again every
    /// five minutes and when the configuration changes), <c>stub</c>, <c>local</c> or <c>forgotten</c>.
    /// </summary>
    [Id(1)] public string State { get; init; } = "";

    /// <summary>Base URL of the orchestrator, without user and password; empty without one.</summary>
    [Id(2)] public string Url { get; init; } = "";

    /// <summary>Id that the orchestrator gave to this machine.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? WorkerId { get; init; }

    /// <summary>Where the registration in force comes from: <c>cache</c> (of an earlier start), <c>register</c> or <c>stub</c>.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Source { get; init; }

    /// <summary>When the registration in force was made or taken from the cache.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>When the runtime token was refreshed last.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>When the runtime token expires.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>Milliseconds between heartbeats as the orchestrator wants them.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int HeartbeatIntervalMs { get; init; }

    /// <summary>Milliseconds between polls as the orchestrator wants them.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int PollIntervalMs { get; init; }

    /// <summary>What went wrong last, for people; <see langword="null"/> when the last step went well.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? LastError { get; init; }

    /// <summary>When the next step is taken: a refresh, or another try.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(TextTimestamp))] public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why nothing is sent, for people; absent when something is.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Note { get; init; }
}
