namespace Donmai.Core.Platform;

/// <summary>What follows from the platform's word about this host (platform-api.md §6.7).</summary>
public static class HostStatusRules
{
    /// <summary>The word of a mutation <c>pool.deleted</c>.</summary>
    public const string PoolDeleted = "pool_deleted";

    private const string OfPools = "pool_";

    /// <summary>Whether no work is to be asked for: every word about the pool. No word yet and words that are not known do not.</summary>
    public static bool SuspendsClaiming(string? status) =>
        status is not null && status.Trim().StartsWith(OfPools, StringComparison.OrdinalIgnoreCase);
}
