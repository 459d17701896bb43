namespace Donmai.Core.Platform;

/// <summary>A call did not succeed although it was tried as often as it may be; later it may (platform-api.md §11.3).</summary>
public sealed class TransientPlatformException : PlatformException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="attempts">How often it was tried.</param>
    /// <param name="last">What the last attempt met.</param>
    public TransientPlatformException(int attempts, Exception last)
        : base(attempts == 1 ? last.Message : $"{last.Message} ({attempts} attempts)", last)
    {
        Attempts = attempts;
        Last = last;
    }

    /// <summary>How often it was tried, at least once.</summary>
    public int Attempts { get; }

    /// <summary>What the last attempt met.</summary>
    public Exception Last { get; }

    /// <summary>Status of the last answer; <see langword="null"/> when there was none that could be read.</summary>
    public int? StatusCode => (Last as PlatformAttemptException)?.StatusCode;

    /// <summary>How long the orchestrator asks to wait (<c>Retry-After</c>); <see langword="null"/> when it does not say.</summary>
    public TimeSpan? RetryAfter => (Last as PlatformAttemptException)?.RetryAfter;
}
