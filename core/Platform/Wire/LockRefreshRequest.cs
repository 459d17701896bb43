namespace Donmai.Core.Platform.Wire;

/// <summary>Body of a lock refresh (platform-api.md §9).</summary>
public sealed record LockRefreshRequest
{
    /// <summary>The worker that holds the lock; the client fills it in.</summary>
    public string? WorkerId { get; init; }

    /// <summary>The issue that is locked.</summary>
    public string? IssueId { get; init; }
}
