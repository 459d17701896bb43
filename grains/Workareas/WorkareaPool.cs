using Donmai.Core.Daemon;
using Donmai.Core.Workareas.Pool;
using Donmai.Sessions;
using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Workareas;

/// <summary>
/// The members of a machine's pool (workareas.md §8): who holds which, which are made, made anew and removed. It decides; what git and the disk have to
/// do is done by the workshop. Used from its grain's own turns only.
/// </summary>
internal sealed partial class WorkareaPool(
    string machine,
    PoolMembers members,
    PoolLife life,
    ISeedWorkshop workshop,
    PoolPlaces places,
    IDaemonConfiguration configuration,
    PoolMetrics metrics,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>The session that a member is made for clones at the same time; it goes first.</summary>
    private static readonly TimeSpan SeedAfter = TimeSpan.FromSeconds(2);

    /// <summary>A member is brought up to its remote when a session gives it back, but not more often than this.</summary>
    private static readonly TimeSpan CheckAgain = TimeSpan.FromMinutes(1);

    private bool _swept;

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The pool at a glance.</summary>
    public PoolStats Stats() => PoolViews.Stats(members.All, Now);

    /// <summary>Completes a session's lease: with a member that is ready, or with the word that its tree is cloned. Nobody waits for git or the disk.</summary>
    public WorkareaLease Complete(WorkareaLease lease, WorkareaRequest request)
    {
        var wanted = Wanted(request);
        if (wanted == 0 || request.CloneSource.Length == 0)
            return Acquired(lease with { AcquirePath = AcquirePath.Cold });
        var repository = PoolRepository.Normalize(request.CloneSource);
        var checkout = request.Checkout ?? new ProjectCheckout();
        var mine = members.Of(repository, checkout).ToList();
        foreach (var seed in mine)
            members.Put(seed with { LastWantedAt = Now });
        if (Hold(request.SessionId, repository, checkout) is { } held)
            return Acquired(lease with { AcquirePath = AcquirePath.PoolWarm, Seed = PoolViews.Seed(held, places.Of(held.Number)) });
        var begun = Warm(request, repository, checkout, wanted);
        return Acquired(lease with { AcquirePath = begun ? AcquirePath.PoolFresh : AcquirePath.Cold });
    }

    /// <summary>Ends what a session holds; repeating it is harmless.</summary>
    public async Task Release(string sessionId)
    {
        foreach (var held in members.HeldBy(sessionId))
        {
            var damaged = await workshop.IsDamaged(held.Number);
            if (members.Find(held.Id) is { } seed && seed.Holders.Contains(sessionId))
                EndHold(seed with { Damaged = seed.Damaged || damaged }, sessionId);
        }
    }

    /// <summary>Takes members out of the pool (workareas.md §8.2).</summary>
    /// <exception cref="InvalidPoolEvictionException">No repository, or no age.</exception>
    /// <exception cref="PoolEvictionFailedException">It could not be made durable; the members are as they were.</exception>
    public async Task<PoolEvictionAnswer> Evict(PoolEviction eviction)
    {
        if (string.IsNullOrWhiteSpace(eviction.RepoUrl))
            throw new InvalidPoolEvictionException("repoUrl is required");
        if (eviction.OlderThanSeconds <= 0)
            throw new InvalidPoolEvictionException("olderThanSeconds must be > 0");
        var correlationId = Guid.NewGuid().ToString();
        var repository = PoolRepository.Normalize(eviction.RepoUrl);
        var old = members.All
            .Where(seed => seed.IsIdle() && seed.Repository == repository && (Now - seed.LastUse()).TotalSeconds > eviction.OlderThanSeconds)
            .ToList();
        EvictionAsked(repository, eviction.OlderThanSeconds, old.Count, correlationId);
        foreach (var seed in old)
            members.Put(seed with { Status = PoolSeedStatus.Retired });
        if (old.Count > 0)
            await MakeDurable(old);
        foreach (var seed in old)
        {
            Evicted(seed.Id, seed.Repository, correlationId);
            workshop.Begin(seed.Task(machine, SeedWork.Remove));
        }

        metrics.Evicted(old.Count, "asked");
        metrics.Looks(Stats());
        return new PoolEvictionAnswer
        {
            Evicted = old.Count,
            Message = $"{old.Count} pool {(old.Count == 1 ? "member" : "members")} scheduled for removal",
            CorrelationId = correlationId,
        };
    }

    /// <summary>Is told what became of work on a member.</summary>
    public void Report(SeedReport report)
    {
        if (members.Find(report.MemberId) is not { } seed || seed.Work() != report.Work)
            return; // what is told twice
        if (report.Failure is { } reason)
            life.Failed(seed, report, reason);
        else if (report.Work is SeedWork.Remove)
            members.Drop(seed.Id);
        else if (report.Finding is { } finding)
            life.Found(seed, report.Work, finding);
        else
            members.Put(seed with { Status = PoolSeedStatus.Ready });
        life.KeepWithinLimit();
        life.Save();
    }

    /// <summary>Looks after the pool.</summary>
    /// <param name="live">Ids of the live sessions.</param>
    public async Task Tend(Func<Task<IReadOnlySet<string>>> live)
    {
        if (!_swept)
        {
            _swept = true;
            foreach (var halfMade in members.In(PoolSeedStatus.Warming).Where(seed => !workshop.IsAtWork(seed.Id)))
                members.Drop(halfMade.Id);
            await workshop.Sweep(members.All.Select(static seed => seed.Number).ToHashSet());
        }

        var holders = members.All.SelectMany(static seed => seed.Holders).ToList();
        var alive = holders.Count > 0 ? await live() : new HashSet<string>();
        foreach (var gone in holders.Where(holder => !alive.Contains(holder)))
            await Release(gone);
        foreach (var seed in members.All.OrderBy(static seed => seed.LastUse()))
            Tend(seed);
        life.KeepWithinLimit();
        life.Save();
    }

    private void Tend(PoolSeed seed)
    {
        if (seed.IsIdle() && !configuration.Current.AllowAnyRepository && members.Of(seed.Repository, seed.Checkout).Count() > Wanted(seed))
            life.Retire(seed, "unused");
        else if (seed.Status is PoolSeedStatus.Ready && life.IsTooOld(seed))
            life.Invalidate(seed, "its age");
        else if (seed.Status is PoolSeedStatus.Invalid)
            life.Renew(seed);
        else if (seed.Work() is { } work && !workshop.IsAtWork(seed.Id))
            workshop.Begin(seed.Task(machine, work)); // what became of it was not heard
    }

    private int Wanted(WorkareaRequest request) => RepositorySecrets.PasswordIn(request.CloneSource) is not null
        ? 0 // the member's configuration would keep it
        : Wanted(configuration.Current.Projects.FirstOrDefault(project => project.Id == request.ProjectId));

    /// <summary>Members that projects want of a repository now: none when it is not theirs any more.</summary>
    private int Wanted(PoolSeed seed) => configuration.Current.Projects
        .Where(project => project.Checkout == seed.Checkout && PoolRepository.Normalize(ProjectAllowlist.CloneSource(project)) == seed.Repository)
        .Select(Wanted)
        .DefaultIfEmpty()
        .Max();

    private int Wanted(ProjectConfiguration? project) =>
        project?.Pool ?? (configuration.Current.AllowAnyRepository ? 0 : configuration.Current.Pool.Warm); // a daemon that serves one command has no time for it

    private WorkareaLease Acquired(WorkareaLease lease)
    {
        metrics.Acquired(lease.AcquirePath);
        return lease;
    }

    /// <summary>The member that a session makes its tree from: the one it holds already, one that is ready, or one that others only read as well.</summary>
    private PoolSeed? Hold(string sessionId, string repository, ProjectCheckout checkout)
    {
        var usable = members.Of(repository, checkout)
            .Where(seed => seed.Status is PoolSeedStatus.Ready or PoolSeedStatus.Acquired && !seed.Damaged && !life.IsTooOld(seed))
            .OrderBy(seed => seed.Holders.Contains(sessionId) ? 0 : 1)
            .ThenBy(static seed => seed.Holders.Count)
            .ThenBy(static seed => seed.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        if (usable is null || usable.Holders.Contains(sessionId))
            return usable;
        members.Put(usable with { Status = PoolSeedStatus.Acquired, Holders = [.. usable.Holders, sessionId], LastAcquiredAt = Now });
        life.Save();
        return usable;
    }

    private void EndHold(PoolSeed seed, string sessionId)
    {
        seed = seed with { Holders = [.. seed.Holders.Where(holder => holder != sessionId)] };
        if (seed.Holders.Count > 0)
            members.Put(seed);
        else if (seed.Damaged)
            life.Retire(seed, "damaged");
        else if (Now - seed.CheckedAt < CheckAgain)
            members.Put(seed with { Status = PoolSeedStatus.Ready });
        else
            life.Check(seed);
        life.KeepWithinLimit();
        life.Save();
    }

    /// <summary>Makes members for those who come later.</summary>
    /// <returns>Whether any was begun.</returns>
    private bool Warm(WorkareaRequest request, string repository, ProjectCheckout checkout, int wanted)
    {
        if (life.LeavesAlone(repository, checkout))
            return false;
        var begun = false;
        foreach (var seed in members.Of(repository, checkout).Where(static seed => seed.Status is PoolSeedStatus.Invalid).ToList())
        {
            life.Renew(seed);
            begun = true;
        }

        for (var count = members.Of(repository, checkout).Count(); count < wanted && !life.Disk.IsFull; count++)
        {
            var seed = members.Add(new PoolSeed
            {
                Repository = repository,
                CloneSource = request.CloneSource,
                Checkout = checkout,
                CreatedAt = Now,
                LastWantedAt = Now,
            }, request.ProjectId.Length > 0 ? request.ProjectId : PoolRepository.ShortName(repository));
            workshop.Begin(seed.Task(machine, SeedWork.Make, SeedAfter));
            Warming(seed.Id, repository);
            begun = true;
        }

        if (begun)
            life.Save();
        return begun;
    }

    private async Task MakeDurable(List<PoolSeed> retired)
    {
        try
        {
            await members.Write();
        }
        catch (Exception failure)
        {
            foreach (var seed in retired)
                if (members.Find(seed.Id) is { Status: PoolSeedStatus.Retired })
                    members.Put(seed);
            throw new PoolEvictionFailedException($"evict failed: {failure.Message}");
        }
    }
}
