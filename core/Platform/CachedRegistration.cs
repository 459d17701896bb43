using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using Donmai.Platform;

namespace Donmai.Core.Platform;

/// <summary>A registration as it is kept on disk (platform-api.md §4). Members without a value are left out, but for those of the first five lines.</summary>
internal sealed record CachedRegistration
{
    private const int MillisecondsPerSecond = 1000;

    /// <summary>Id at the orchestrator.</summary>
    public string? WorkerId { get; init; }

    /// <summary>Runtime token; secret.</summary>
    public string? RuntimeToken { get; init; }

    /// <summary>Milliseconds between heartbeats.</summary>
    public int HeartbeatInterval { get; init; }

    /// <summary>Milliseconds between polls.</summary>
    public int PollInterval { get; init; }

    /// <summary>When the token expires, RFC 3339.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RuntimeTokenExpiresAt { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? CachedAt { get; init; }

    /// <summary>The orchestrator it is for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? OrchestratorUrl { get; init; }

    /// <summary>The machine it is of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? MachineId { get; init; }

    /// <summary>SHA-256 of the registration token it was had with, in hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RegistrationTokenHash { get; init; }

    /// <summary><c>real</c> or <c>stub</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Mode { get; init; }

    /// <summary>Former name of the runtime token; read only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RuntimeJwt { get; init; }

    /// <summary>Seconds between heartbeats, by a former name; read only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int HeartbeatIntervalSeconds { get; init; }

    /// <summary>Seconds between polls, by a former name; read only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int PollIntervalSeconds { get; init; }

    /// <summary>The same with what former names say moved to the present ones; <see langword="null"/> when it has no token or no worker id.</summary>
    public CachedRegistration? Whole()
    {
        var present = this with
        {
            RuntimeToken = string.IsNullOrEmpty(RuntimeToken) ? RuntimeJwt : RuntimeToken,
            HeartbeatInterval = HeartbeatInterval == 0 ? Milliseconds(HeartbeatIntervalSeconds) : HeartbeatInterval,
            PollInterval = PollInterval == 0 ? Milliseconds(PollIntervalSeconds) : PollInterval,
            RuntimeJwt = null,
            HeartbeatIntervalSeconds = 0,
            PollIntervalSeconds = 0,
        };
        return string.IsNullOrEmpty(present.RuntimeToken) || string.IsNullOrEmpty(present.WorkerId) ? null : present;
    }

    /// <summary>The registration it keeps. It is a whole one.</summary>
    public PlatformRegistration Registration(PlatformTarget target, DateTimeOffset now)
    {
        var expiry = RuntimeTokenExpiry.Of(RuntimeTokenExpiresAt, RuntimeToken!);
        return new PlatformRegistration
        {
            ObtainedAt = CachedAt is { } cached && cached < now ? cached : now,
            Credentials = new PlatformCredentials
            {
                WorkerId = WorkerId!,
                RuntimeToken = RuntimeToken!,
                PlatformUrl = target.Url,
                HeartbeatIntervalMs = HeartbeatInterval,
                PollIntervalMs = PollInterval,
                ExpiresAt = expiry,
            },
        };
    }

    private static int Milliseconds(int seconds) => seconds is > 0 and < int.MaxValue / MillisecondsPerSecond ? seconds * MillisecondsPerSecond : 0;

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(WorkerId)).Append(" = ").Append(WorkerId);
        return true;
    }
}
