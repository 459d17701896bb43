namespace Donmai.Core.Platform.Wire;

/// <summary>Answer to a lock refresh (platform-api.md §9).</summary>
public sealed record LockRefreshAnswer
{
    /// <summary>Whether the lock is still held; <see langword="null"/> when the answer does not say. An answer without a body says yes.</summary>
    public bool? Refreshed { get; init; }

    /// <summary>Whether the session is to stop (daemon-runtime.md §15.1).</summary>
    public bool? Stop { get; init; }
}
