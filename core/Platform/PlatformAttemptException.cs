namespace Donmai.Core.Platform;

/// <summary>What one attempt of a call met: a refusal, no answer, or one that cannot be used.</summary>
public sealed class PlatformAttemptException : PlatformException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What was tried, and what came of it.</param>
    /// <param name="cause">What it is made of; <see langword="null"/> for an answer.</param>
    public PlatformAttemptException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>Status of the answer; <see langword="null"/> when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Text of a refusal, trimmed and cut to what the call reads of it.</summary>
    public string Body { get; init; } = "";

    /// <summary>How long the orchestrator asks to wait (<c>Retry-After</c>); <see langword="null"/> when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call would fail again, whatever its status.</summary>
    internal bool IsFinal { get; init; }
}
