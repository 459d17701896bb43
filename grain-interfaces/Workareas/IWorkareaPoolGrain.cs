namespace Donmai.Workareas;

/// <summary>The work areas of one machine: who has which, and the archives (workareas.md). Key: the machine id.</summary>
[Alias("donmai.IWorkareaPoolGrain")]
public interface IWorkareaPoolGrain : IGrainWithStringKey
{
    /// <summary>Gives a session its places; repeating it for the same session gives the same ones.</summary>
    [Alias("Acquire")]
    Task<WorkareaLease> Acquire(WorkareaRequest request);

    /// <summary>Takes a session's place back and archives its tree; repeating it gives the same archive.</summary>
    [Alias("Return"), ResponseTimeout("01:00:00")]
    Task<WorkareaArchived> Return(WorkareaReturn request);

    /// <summary>Ends what a session that was never started holds of the pool. Harmless when it holds nothing.</summary>
    [Alias("Release")]
    Task Release(string sessionId);

    /// <summary>All work areas (workareas.md §4.1).</summary>
    [Alias("List")]
    Task<WorkareaList> List();

    /// <summary>The members of the pool (workareas.md §8.1).</summary>
    [Alias("Stats")]
    Task<PoolStats> Stats();

    /// <summary>Schedules members of the pool for removal (workareas.md §8.2).</summary>
    /// <exception cref="InvalidPoolEvictionException">No repository, or no age.</exception>
    /// <exception cref="PoolEvictionFailedException">The pool could not be changed.</exception>
    [Alias("Evict")]
    Task<PoolEvictionAnswer> Evict(PoolEviction eviction);

    /// <summary>Looks after the pool: what the last daemon left undone, age, the disk limit (workareas.md §8.3).</summary>
    [Alias("Tend")]
    Task Tend();

    /// <summary>Is told what became of work on a member.</summary>
    [Alias("Report")]
    Task Report(SeedReport report);
}
