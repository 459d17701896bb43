using System.Diagnostics.CodeAnalysis;
using System.Text;
using Donmai.Core.Sessions.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Worker.Platform;

/// <summary>What an <see cref="ActivityPoster"/> needs (platform-api.md §10). The first two are required; the rest has the documented defaults.</summary>
public sealed record ActivityPosterOptions
{
    /// <summary>Default of <see cref="QueueSize"/>.</summary>
    public const int DefaultQueueSize = 256;

    /// <summary>Default of <see cref="MaxRetries"/>.</summary>
    public const int DefaultMaxRetries = 5;

    /// <summary>Default of <see cref="MaxSummaryBytes"/>.</summary>
    public const int DefaultMaxSummaryBytes = 200;

    /// <summary>Default of <see cref="MaxOutputBytes"/>.</summary>
    public const int DefaultMaxOutputBytes = 500;

    /// <summary>Default of <see cref="MaxTextBytes"/>.</summary>
    public const int DefaultMaxTextBytes = 32 * 1024;

    /// <summary>Default of <see cref="MaxBodyBytes"/>.</summary>
    public const int DefaultMaxBodyBytes = 256 * 1024;

    /// <summary>Default of <see cref="MaxQueueBytes"/>.</summary>
    public const long DefaultMaxQueueBytes = 8L * 1024 * 1024;

    /// <summary>Default of <see cref="InitialBackoff"/>.</summary>
    public static readonly TimeSpan DefaultInitialBackoff = TimeSpan.FromMilliseconds(250);

    /// <summary>Default of <see cref="MaxBackoff"/>.</summary>
    public static readonly TimeSpan DefaultMaxBackoff = TimeSpan.FromSeconds(5);

    /// <summary>Default of <see cref="AttemptTimeout"/>.</summary>
    public static readonly TimeSpan DefaultAttemptTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Default of <see cref="StopDrainTimeout"/>.</summary>
    public static readonly TimeSpan DefaultStopDrainTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The session whose events are told. Required.</summary>
    public required string SessionId { get; init; }

    /// <summary>The platform's base URL, e.g. <c>https://app.example.com</c>; a path is kept. Required.</summary>
    public required string PlatformUrl { get; init; }

    /// <summary>Worker that owns the session; the platform checks it. A value of <see cref="Credentials"/> comes first.</summary>
    public string WorkerId { get; init; } = "";

    /// <summary>Runtime token, secret; empty sends no header. A value of <see cref="Credentials"/> comes first.</summary>
    public string AuthToken { get; init; } = "";

    /// <summary>Asked before every attempt, so that a token that was replaced meanwhile is used; <see langword="null"/> uses the fixed values.</summary>
    public ICredentialSource? Credentials { get; init; }

    /// <summary>Provider of the agent, e.g. <c>claude</c>; stands in every activity. Empty is left out.</summary>
    public string ProviderName { get; init; } = "";

    /// <summary>Most activities that wait; at least 1. When they do, the newest is dropped.</summary>
    public int QueueSize { get; init; } = DefaultQueueSize;

    /// <summary>About the most bytes of memory that waiting activities take.</summary>
    public long MaxQueueBytes { get; init; } = DefaultMaxQueueBytes;

    /// <summary>Attempts for an activity after the first; at least 0.</summary>
    public int MaxRetries { get; init; } = DefaultMaxRetries;

    /// <summary>Wait after the first attempt; it doubles after each further one. Zero does not wait.</summary>
    public TimeSpan InitialBackoff { get; init; } = DefaultInitialBackoff;

    /// <summary>Longest wait between two attempts.</summary>
    public TimeSpan MaxBackoff { get; init; } = DefaultMaxBackoff;

    /// <summary>Longest time of one attempt.</summary>
    public TimeSpan AttemptTimeout { get; init; } = DefaultAttemptTimeout;

    /// <summary>Longest time that <see cref="ActivityPoster.Stop"/> waits for what is left.</summary>
    public TimeSpan StopDrainTimeout { get; init; } = DefaultStopDrainTimeout;

    /// <summary>Most bytes of what is said of a tool use or of its result, in UTF-8; at least 3.</summary>
    public int MaxSummaryBytes { get; init; } = DefaultMaxSummaryBytes;

    /// <summary>Most bytes of a tool's answer; at least 3.</summary>
    public int MaxOutputBytes { get; init; } = DefaultMaxOutputBytes;

    /// <summary>Most bytes of any text; at least 3.</summary>
    public int MaxTextBytes { get; init; } = DefaultMaxTextBytes;

    /// <summary>Most bytes of a request; at least 4 KiB. What is larger goes without the tool's arguments.</summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>Whether notices of the agent's system (compaction, rate limits) are told as <c>context</c>: only if the platform shows them.</summary>
    public bool TellNotices { get; init; }

    /// <summary>
    /// File that takes what finds no room or no platform, until it can be sent; <see langword="null"/> drops it. At most 8 MiB
    /// (worker.md §1.8 <c>activity.jsonl</c>). What is left in it is sent by the next poster with the same file, or by the daemon.
    /// </summary>
    public string? BacklogPath { get; init; }

    /// <summary>Hides secrets in everything that is told. Well-known shapes of tokens are hidden by default.</summary>
    public Func<string, string> Redact { get; init; } = new SecretRedactor().Apply;

    /// <summary>Sends the requests; <see langword="null"/> for the poster's own connection.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>Source of time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where drops and failures are told.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(SessionId)).Append(" = ").Append(SessionId);
        return true;
    }
}
