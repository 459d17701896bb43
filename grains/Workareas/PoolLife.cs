using Donmai.Core.Daemon;
using Donmai.Core.Workareas.Pool;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Workareas;

/// <summary>
/// What a member of the pool goes through between being made and being removed (workareas.md §8.3). It decides; what git and the disk have to do is done
/// by the workshop.
/// </summary>
internal sealed partial class PoolLife(
    string machine,
    PoolMembers members,
    ISeedWorkshop workshop,
    IDaemonConfiguration configuration,
    PoolMetrics metrics,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>A repository that could not be cloned is left alone for so long.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(10);

    /// <summary>A member of a repository that was not used for so long is not made anew, but removed.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromDays(7);

    private readonly Dictionary<string, DateTimeOffset> _failed = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Repository, ProjectCheckout Checkout), long> _sizes = [];
    private bool _warned;

    /// <summary>The disk it takes.</summary>
    public PoolDisk Disk => PoolDisk.Of(members.All, configuration.Current.PoolMaxDiskGb);

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Whether no members are made of a repository: it could not be cloned a short while ago, or a single one was larger than the limit.</summary>
    public bool LeavesAlone(string repository, ProjectCheckout checkout) =>
        (_failed.TryGetValue(repository, out var at) && Now - at < TryAgain)
        || (_sizes.TryGetValue((repository, checkout), out var size) && Disk.CannotHold(size));

    /// <summary>Whether it is time to make a member anew.</summary>
    public bool IsTooOld(PoolSeed seed) => Now - seed.CreatedAt > TimeSpan.FromHours(configuration.Current.Pool.MaxAgeHours);

    /// <summary>Has a member brought up to its remote before it is ready again.</summary>
    public void Check(PoolSeed seed)
    {
        members.Put(seed with { Status = PoolSeedStatus.Releasing });
        workshop.Begin(seed.Task(machine, SeedWork.Check));
    }

    /// <summary>A member was made or checked.</summary>
    public void Found(PoolSeed seed, SeedWork work, SeedFinding finding)
    {
        var found = seed.With(finding, Now);
        if (work is SeedWork.Make)
        {
            _failed.Remove(seed.Repository);
            _sizes[(seed.Repository, seed.Checkout)] = finding.SizeBytes;
            Made(found with { CreatedAt = Now });
        }
        else if (finding.CleanStateChecksum != seed.CleanStateChecksum)
            Invalidate(found, "its lock files");
        else if (IsTooOld(seed))
            Invalidate(found, "its age");
        else
            members.Put(found with { Status = PoolSeedStatus.Ready });
    }

    /// <summary>One that can never fit goes at once, and not all others before it.</summary>
    private void Made(PoolSeed seed)
    {
        if (Disk.CannotHold(seed.SizeBytes))
        {
            NotDone(seed.Id, seed.Repository, SeedWork.Make, $"its {seed.SizeBytes} bytes are more than capacity.poolMaxDiskGb allows");
            Retire(seed, "disk");
            return;
        }

        members.Put(seed with { Status = PoolSeedStatus.Ready });
        Warmed(seed.Id, seed.Repository, seed.Commit);
    }

    /// <summary>A member could not be made, checked or removed.</summary>
    public void Failed(PoolSeed seed, SeedReport report, string reason)
    {
        metrics.Failed();
        NotDone(seed.Id, seed.Repository, report.Work, reason);
        if (report.Work is SeedWork.Make)
        {
            _failed[seed.Repository] = Now;
            if (seed.Commit.Length == 0)
                members.Drop(seed.Id);
            else
                members.Put(seed with { Status = PoolSeedStatus.Invalid });
        }
        else if (report.Damaged)
            Retire(seed, "damaged");
        else if (report.Work is SeedWork.Check)
            members.Put(seed with { Status = PoolSeedStatus.Ready, CheckedAt = Now }); // as good as it was; the remote is away
    }

    /// <summary>A member cannot be acquired any more, and is cloned anew.</summary>
    public void Invalidate(PoolSeed seed, string why)
    {
        Invalid(seed.Id, seed.Repository, why);
        seed = seed with { Status = PoolSeedStatus.Invalid };
        members.Put(seed);
        Renew(seed);
    }

    /// <summary>Has an invalid member cloned anew, unless nobody wants it any more.</summary>
    public void Renew(PoolSeed seed)
    {
        if (Now - seed.LastWantedAt > Unused)
            Retire(seed, "unused");
        else if (!LeavesAlone(seed.Repository, seed.Checkout))
        {
            members.Put(seed with { Status = PoolSeedStatus.Warming });
            workshop.Begin(seed.Task(machine, SeedWork.Make));
        }
    }

    /// <summary>Takes a member out of the pool.</summary>
    public void Retire(PoolSeed seed, string reason)
    {
        members.Put(seed with { Status = PoolSeedStatus.Retired });
        Retired(seed.Id, seed.Repository, reason);
        metrics.Evicted(1, reason);
        workshop.Begin(seed.Task(machine, SeedWork.Remove));
    }

    /// <summary>Removes members until the rest fits the limit, and warns before it is reached.</summary>
    public void KeepWithinLimit()
    {
        foreach (var seed in Disk.TooMany(members.All).ToList())
            Retire(seed, "disk");
        var disk = Disk;
        if (disk.IsNearlyFull && !_warned)
            NearlyFull(disk.Used, disk.Limit);
        _warned = disk.IsNearlyFull;
    }

    /// <summary>
    /// Makes the members durable without letting anybody wait. What a daemon that dies does not get to is made up for: a session's own record says what
    /// it holds, and a member that is gone is found out by the session that gets it, which clones.
    /// </summary>
    public void Save()
    {
        metrics.Looks(PoolViews.Stats(members.All, Now));
        _ = Keep(); // observes its own failure
    }

    private async Task Keep()
    {
        try
        {
            await members.Write();
        }
        catch (Exception failure)
        {
            NotKept(failure);
        }
    }
}
