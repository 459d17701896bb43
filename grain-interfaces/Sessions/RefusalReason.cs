namespace Donmai.Sessions;

/// <summary>Kinds of refusals of a session, few and fixed: metrics count by them (daemon-runtime.md §15.3).</summary>
public static class RefusalReason
{
    /// <summary>The request itself is not usable.</summary>
    public const string Invalid = "invalid";

    /// <summary>A session of that id lives.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The daemon takes no work: starting, paused, draining, stopping.</summary>
    public const string NotAccepting = "not-accepting";

    /// <summary>Every slot is taken.</summary>
    public const string AtCapacity = "at-capacity";

    /// <summary>The repository is not one the daemon works on.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>There is no room on the disk.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>No provider fits.</summary>
    public const string NoProvider = "no-provider";

    /// <summary>The worker process could not be started.</summary>
    public const string WorkerStart = "worker-start";

    /// <summary>The program that embeds the daemon did not let the worker be started.</summary>
    public const string SpawnHook = "spawn-hook";

    /// <summary>Something failed that is nobody's refusal.</summary>
    public const string Failed = "failed";
}
