using Donmai.Core.Workareas.Pool;
using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Grains.Workareas;

/// <summary>One member of the pool.</summary>
[GenerateSerializer, Immutable, Alias("donmai.PoolSeed")]
internal sealed record PoolSeed
{
    /// <summary>Its id.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary>Number of its directory; never used twice.</summary>
    [Id(1)] public int Number { get; init; }

    /// <summary>Repository, normalised.</summary>
    [Id(2)] public string Repository { get; init; } = "";

    /// <summary>What git clones.</summary>
    [Id(3)] public string CloneSource { get; init; } = "";

    /// <summary>How it is cloned; sessions that are cloned otherwise do not get it.</summary>
    [Id(4)] public ProjectCheckout Checkout { get; init; } = new();

    /// <summary>Where it is in its life.</summary>
    [Id(5)] public PoolSeedStatus Status { get; init; }

    /// <summary>Commit of the default branch; empty until it was cloned.</summary>
    [Id(6)] public string Commit { get; init; } = "";

    /// <summary>Tools and versions that the repository declares.</summary>
    [Id(7)] public Dictionary<string, string> Toolchain { get; init; } = [];

    /// <summary>Hash over its lock files.</summary>
    [Id(8)] public string CleanStateChecksum { get; init; } = "";

    /// <summary>When it was cloned, or begun to be.</summary>
    [Id(9)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was brought up to its remote last.</summary>
    [Id(10)] public DateTimeOffset CheckedAt { get; init; }

    /// <summary>When a session got it last.</summary>
    [Id(11)] public DateTimeOffset? LastAcquiredAt { get; init; }

    /// <summary>When a session of its repository began last, whether or not it got it.</summary>
    [Id(12)] public DateTimeOffset LastWantedAt { get; init; }

    /// <summary>Bytes on disk.</summary>
    [Id(13)] public long SizeBytes { get; init; }

    /// <summary>Sessions that hold it, in the order in which they got it. They only read it, so there can be several.</summary>
    [Id(14)] public List<string> Holders { get; init; } = [];

    /// <summary>Whether a session could not make its tree from it.</summary>
    [Id(15)] public bool Damaged { get; init; }

    /// <summary>What its age counts from (workareas.md §8.2).</summary>
    public DateTimeOffset LastUse() => LastAcquiredAt ?? CreatedAt;

    /// <summary>Whether nobody holds it and nothing is being done to it.</summary>
    public bool IsIdle() => Status is PoolSeedStatus.Ready or PoolSeedStatus.Invalid;

    /// <summary>What is being done to it; <see langword="null"/> when nothing is.</summary>
    public SeedWork? Work() => Status switch
    {
        PoolSeedStatus.Warming => SeedWork.Make,
        PoolSeedStatus.Releasing => SeedWork.Check,
        PoolSeedStatus.Retired => SeedWork.Remove,
        _ => null,
    };

    /// <summary>The same with what was found in it.</summary>
    public PoolSeed With(SeedFinding finding, DateTimeOffset now) => this with
    {
        Commit = finding.Commit,
        Toolchain = finding.Toolchain,
        CleanStateChecksum = finding.CleanStateChecksum,
        SizeBytes = finding.SizeBytes,
        CheckedAt = now,
    };

    /// <summary>Work to be done on it.</summary>
    public SeedTask Task(string machine, SeedWork work, TimeSpan after = default, bool isDue = true) => new()
    {
        Machine = machine,
        MemberId = Id,
        Number = Number,
        Work = work,
        Repository = Repository,
        CloneSource = CloneSource,
        Checkout = Checkout,
        After = after,
        IsDue = isDue,
    };
}
