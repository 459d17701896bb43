using Donmai.Core.Workareas.Pool;
using Donmai.Workareas;

namespace Donmai.Grains.Workareas;

/// <summary>What others see of the pool (workareas.md §8.1).</summary>
internal static class PoolViews
{
    private const long BytesPerMebibyte = 1024 * 1024;
    private const int ShownCommit = 7;

    /// <summary>The pool at a glance.</summary>
    public static PoolStats Stats(IEnumerable<PoolSeed> seeds, DateTimeOffset now)
    {
        var members = seeds.Select(Member)
            .OrderBy(static member => member.Repository, StringComparer.Ordinal)
            .ThenBy(static member => member.ToolchainKey, StringComparer.Ordinal)
            .ThenBy(static member => member.Id, StringComparer.Ordinal)
            .ToList();
        return new PoolStats
        {
            Members = members,
            TotalMembers = members.Count,
            ReadyMembers = Count(PoolSeedStatus.Ready),
            AcquiredMembers = Count(PoolSeedStatus.Acquired),
            WarmingMembers = Count(PoolSeedStatus.Warming),
            InvalidMembers = Count(PoolSeedStatus.Invalid),
            TotalDiskUsageMb = members.Sum(static member => member.DiskUsageMb),
            Timestamp = now,
        };

        int Count(PoolSeedStatus status) => members.Count(member => member.Status == Word(status));
    }

    /// <summary>What a session is told of the member that its tree is made from.</summary>
    public static WorkareaSeed Seed(PoolSeed seed, string path) => new()
    {
        MemberId = seed.Id,
        Path = path,
        CleanStateChecksum = seed.CleanStateChecksum,
        Toolchain = seed.Toolchain.Count > 0 ? seed.Toolchain : null,
    };

    private static PoolMember Member(PoolSeed seed) => new()
    {
        Id = seed.Id,
        Repository = seed.Repository,
        Ref = seed.Commit[..Math.Min(seed.Commit.Length, ShownCommit)],
        ToolchainKey = ToolchainFiles.Key(seed.Toolchain),
        Status = Word(seed.Status),
        CleanStateChecksum = seed.CleanStateChecksum,
        CreatedAt = seed.CreatedAt,
        AcquiredBy = seed.Holders.Count > 0 ? seed.Holders[0] : null,
        LastAcquiredAt = seed.LastAcquiredAt,
        DiskUsageMb = (seed.SizeBytes + BytesPerMebibyte - 1) / BytesPerMebibyte,
    };

    private static string Word(PoolSeedStatus status) => status switch
    {
        PoolSeedStatus.Warming => "warming",
        PoolSeedStatus.Ready => "ready",
        PoolSeedStatus.Acquired => "acquired",
        PoolSeedStatus.Releasing => "releasing",
        PoolSeedStatus.Invalid => "invalid",
        _ => "retired",
    };
}
