using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Donmai.Worker.Platform;

/// <summary>What a <see cref="ResultPoster"/> needs (platform-api.md §11, §12). The first is required; the rest has the documented defaults.</summary>
public sealed record ResultPosterOptions
{
    /// <summary>Default of <see cref="MaxAttempts"/>.</summary>
    public const int DefaultMaxAttempts = 3;

    /// <summary>Default of <see cref="BaseDelay"/>.</summary>
    public static readonly TimeSpan DefaultBaseDelay = TimeSpan.FromSeconds(1);

    /// <summary>Default of <see cref="AttemptTimeout"/>.</summary>
    public static readonly TimeSpan DefaultAttemptTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The platform's base URL; a path is kept. Required.</summary>
    public required string PlatformUrl { get; init; }

    /// <summary>Worker that owns the session; the platform checks it. A value of <see cref="Credentials"/> comes first.</summary>
    public string WorkerId { get; init; } = "";

    /// <summary>Runtime token, secret; empty sends no header. A value of <see cref="Credentials"/> comes first.</summary>
    public string AuthToken { get; init; } = "";

    /// <summary>Asked before every attempt, so that a token that was replaced meanwhile is used; <see langword="null"/> uses the fixed values.</summary>
    public ICredentialSource? Credentials { get; init; }

    /// <summary>Attempts for each request; less than 1 means <see cref="DefaultMaxAttempts"/>.</summary>
    public int MaxAttempts { get; init; } = DefaultMaxAttempts;

    /// <summary>Wait after the first attempt; it doubles after each further one, to a minute. Zero does not wait; negative means the default.</summary>
    public TimeSpan BaseDelay { get; init; } = DefaultBaseDelay;

    /// <summary>Longest time of one attempt; more than zero.</summary>
    public TimeSpan AttemptTimeout { get; init; } = DefaultAttemptTimeout;

    /// <summary>Sends the requests; <see langword="null"/> for the poster's own connection.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>Source of time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(PlatformUrl)).Append(" = ").Append(PlatformUrl);
        return true;
    }
}
