namespace Donmai.Grains.Workareas;

/// <summary>The disk that the pool takes, beside its limit (workareas.md §8.3).</summary>
/// <param name="Used">Bytes of the members that stay.</param>
/// <param name="Limit">Bytes they may take; 0 is no limit.</param>
internal sealed record PoolDisk(long Used, long Limit)
{
    private const long BytesPerGibibyte = 1024 * 1024 * 1024;
    private const double WarnedFrom = 0.8;
    private const double FullFrom = 0.9;

    /// <summary>Adds up members.</summary>
    /// <param name="seeds">The members.</param>
    /// <param name="limitGb">GiB they may take; 0 is no limit.</param>
    public static PoolDisk Of(IEnumerable<PoolSeed> seeds, int limitGb) =>
        new(seeds.Where(static seed => seed.Status is not PoolSeedStatus.Retired).Sum(static seed => seed.SizeBytes), limitGb * BytesPerGibibyte);

    /// <summary>Whether it is time for a warning.</summary>
    public bool IsNearlyFull => Limit > 0 && Used >= Limit * WarnedFrom;

    /// <summary>Whether no new member is made.</summary>
    public bool IsFull => Limit > 0 && Used >= Limit * FullFrom;

    /// <summary>Whether a member of that size is too large even when it is the only one.</summary>
    public bool CannotHold(long bytes) => Limit > 0 && bytes > Limit;

    /// <summary>The members that have to go until the rest fits: those not used for the longest time, ties by id.</summary>
    public IEnumerable<PoolSeed> TooMany(IEnumerable<PoolSeed> seeds)
    {
        if (Limit == 0)
            yield break;
        var used = Used;
        foreach (var seed in seeds.Where(static seed => seed.IsIdle()).OrderBy(static seed => seed.LastUse()).ThenBy(static seed => seed.Id, StringComparer.Ordinal))
        {
            if (used <= Limit)
                yield break;
            used -= seed.SizeBytes;
            yield return seed;
        }
    }
}
