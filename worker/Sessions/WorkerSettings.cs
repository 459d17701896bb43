using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>Bounds of a session (worker.md §2.1, §2.2), each with its default.</summary>
internal sealed record WorkerSettings
{
    /// <summary>Longest life of a session that names none.</summary>
    public TimeSpan SessionLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Longest time in phase <c>preparing</c>.</summary>
    public TimeSpan PreparingLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time in phase <c>worktree</c>.</summary>
    public TimeSpan WorktreeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time in phase <c>prompting</c>.</summary>
    public TimeSpan PromptingLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time from the start of an agent to its first event.</summary>
    public TimeSpan SpawnLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest turn that reminds the agent of what is missing.</summary>
    public TimeSpan SteeringLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time without any event of a running agent; zero, the default, for no limit.</summary>
    public TimeSpan NoProgressLimit { get; init; }

    /// <summary>Longest time in phase <c>stopping</c> that an agent is given to end by itself.</summary>
    public TimeSpan StoppingLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time in phase <c>backstop</c>.</summary>
    public TimeSpan BackstopLimit { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Longest time it takes to look at the work, and to put aside what cannot be delivered.</summary>
    public TimeSpan RescueLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time in phase <c>publishing</c>.</summary>
    public TimeSpan PublishingLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time in phase <c>kits</c>.</summary>
    public TimeSpan KitsLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time in phase <c>cleaning</c>.</summary>
    public TimeSpan CleaningLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time in phase <c>closing</c>.</summary>
    public TimeSpan ClosingLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time that the terminal requests may take.</summary>
    public TimeSpan ReportingLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same when somebody waits for the end.</summary>
    public TimeSpan HurriedReportingLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often <c>state.json</c> says that the worker lives.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time a stop cause waits for the detail that may explain it.</summary>
    public TimeSpan StopDetailTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Free disk a work tree needs, in bytes (<c>DONMAI_DISK_FLOOR_BYTES</c>).</summary>
    public long DiskFloor { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Free disk in bytes below which a running agent is ended, so that its session can still be written down and told.</summary>
    public long RunningDiskFloor { get; init; } = 256L * 1024 * 1024;

    /// <summary>Waits between attempts to make a work tree.</summary>
    public IReadOnlyList<TimeSpan> WorktreeWaits { get; init; } = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)];

    /// <summary>Waits between attempts to start an agent.</summary>
    public IReadOnlyList<TimeSpan> SpawnWaits { get; init; } = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];

    /// <summary>Longest time another worker's hold on a mirror is waited for.</summary>
    public TimeSpan MirrorPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The same with what the work order says.</summary>
    public WorkerSettings With(SessionBounds? limits) => limits is null ? this : this with
    {
        WorktreeLimit = Given(limits.WorktreeSeconds, WorktreeLimit),
        KitsLimit = Given(limits.KitsSeconds, KitsLimit),
        SpawnLimit = Given(limits.SpawnSeconds, SpawnLimit),
        SteeringLimit = Given(limits.SteeringSeconds, SteeringLimit),
        BackstopLimit = Given(limits.BackstopSeconds, BackstopLimit),
        PublishingLimit = Given(limits.PublishingSeconds, PublishingLimit),
        ClosingLimit = Given(limits.ClosingSeconds, ClosingLimit),
        ReportingLimit = Given(limits.ReportingSeconds, ReportingLimit),
        CleaningLimit = Given(limits.CleaningSeconds, CleaningLimit),
        NoProgressLimit = Given(limits.NoProgressSeconds, NoProgressLimit),
    };

    private static TimeSpan Given(int seconds, TimeSpan otherwise) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : otherwise;
}
