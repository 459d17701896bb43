using System.Diagnostics.CodeAnalysis;
using System.Text;
using Donmai.Core.Providers;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Core.Daemon;

/// <summary>The part of <c>daemon.yaml</c> that is in use, with load defaults applied (daemon-runtime.md §2.3).</summary>
public sealed record DaemonConfiguration
{
    /// <summary>Machine identity (<c>machine.id</c>).</summary>
    public required string MachineId { get; init; }

    /// <summary>What people call the machine, in place of its id (<c>machine.displayName</c>).</summary>
    public string? DisplayName { get; init; }

    /// <summary>Scheduler hint (<c>machine.region</c>).</summary>
    public string? Region { get; init; }

    /// <summary>Slots (<c>capacity.maxConcurrentSessions</c>).</summary>
    public int MaxConcurrentSessions { get; init; } = 8;

    /// <summary>Virtual processors a session may ask for, at least 1 (<c>capacity.maxVCpuPerSession</c>).</summary>
    public int MaxVCpuPerSession { get; init; } = 4;

    /// <summary>MiB a session may ask for, at least 256 (<c>capacity.maxMemoryMbPerSession</c>).</summary>
    public int MaxMemoryMbPerSession { get; init; } = 8192;

    /// <summary>Virtual processors that sessions leave to the system (<c>capacity.reservedForSystem.vCpu</c>); reported only.</summary>
    public int ReservedVCpu { get; init; } = 4;

    /// <summary>MiB that sessions leave to the system (<c>capacity.reservedForSystem.memoryMb</c>); reported only.</summary>
    public int ReservedMemoryMb { get; init; } = 16384;

    /// <summary>GiB the work area pool and the archives may take (<c>capacity.poolMaxDiskGb</c>); 0 means no limit.</summary>
    public int PoolMaxDiskGb { get; init; }

    /// <summary>MiB that must be free on the disk of the work trees before a session is accepted (<c>capacity.minFreeDiskMb</c>); 0 does not look.</summary>
    public int MinFreeDiskMb { get; init; } = 512;

    /// <summary>The allowlist (<c>projects</c>), in file order.</summary>
    public IReadOnlyList<ProjectConfiguration> Projects { get; init; } = [];

    /// <summary>
    /// Whether repositories outside of <see cref="Projects"/> are taken as well. No key of the file sets it: it is for a daemon that serves
    /// one user's commands, which name their repositories themselves.
    /// </summary>
    public bool AllowAnyRepository { get; init; }

    /// <summary>Platform base URL (<c>orchestrator.url</c>); <c>file://…</c> means no platform.</summary>
    public string OrchestratorUrl { get; init; } = "";

    /// <summary>
    /// Registration token as it is in force (<c>orchestrator.authToken</c> with its references resolved, or the environment's); secret, never
    /// written anywhere. <see langword="null"/> when there is none.
    /// </summary>
    public string? AuthToken { get; init; }

    /// <summary>
    /// <c>orchestrator.authToken</c> as it is written in the file, references unresolved; it may still be a secret.
    /// </summary>
    public string? AuthTokenText { get; init; }

    /// <summary>Whether the platform may add and remove projects (<c>orchestrator.allowRemoteConfiguration</c>).</summary>
    public bool AllowRemoteConfiguration { get; init; } = true;

    /// <summary>Updates (<c>autoUpdate</c>).</summary>
    public UpdateConfiguration Update { get; init; } = new();

    /// <summary>Log and metrics (<c>observability</c>).</summary>
    public ObservabilityConfiguration Observability { get; init; } = new();

    /// <summary>Trust gate of kits (<c>trust</c>).</summary>
    public TrustConfiguration Trust { get; init; } = new();

    /// <summary>Where kits are looked for, in order, absolute (<c>kit.scanPaths</c>); the first also holds the kits' state.</summary>
    public IReadOnlyList<string> KitScanPaths { get; init; } = [];

    /// <summary>Entries above which a difference is streamed (<c>workarea.diffStreamingThreshold</c>).</summary>
    public int DiffStreamingThreshold { get; init; } = 1000;

    /// <summary>Archive root (<c>workarea.archiveRoot</c>), absolute.</summary>
    public required string ArchiveRoot { get; init; }

    /// <summary>Which archives are made and kept (<c>workarea.archive</c>, <c>workarea.max…</c>).</summary>
    public ArchiveConfiguration Archiving { get; init; } = new();

    /// <summary>What is kept ready for sessions (<c>workarea.pool</c>).</summary>
    public PoolConfiguration Pool { get; init; } = new();

    /// <summary>Longest life of a session that names none, in seconds (<c>session.maxDurationSeconds</c>); 0 means no limit.</summary>
    public int SessionMaxDurationSeconds { get; init; }

    /// <summary>Seconds without any event after which a session is ended (<c>session.noProgressTimeoutSeconds</c>); 0, the default, for never.</summary>
    public int SessionNoProgressSeconds { get; init; }

    /// <summary>Longest times of a session's phases (<c>session.limits</c>); those that are 0 are left to the worker.</summary>
    public SessionBounds SessionLimits { get; init; } = new();

    /// <summary>Whether event logs keep the providers' own messages (<c>session.logRaw</c>).</summary>
    public bool SessionLogRaw { get; init; }

    /// <summary>Seconds between TERM and KILL (<c>session.stopGraceSeconds</c>), 1 to 600.</summary>
    public int StopGraceSeconds { get; init; } = 20;

    /// <summary>What sessions are allowed and what is wanted of them (<c>session</c>, <c>backstop</c>).</summary>
    public SessionRules Rules { get; init; } = SessionRules.Default;

    /// <summary>Routing settings (<c>routing</c>).</summary>
    public RoutingConfiguration Routing { get; init; } = new();

    /// <summary>Whether the scripted <c>stub</c> provider may be used (<c>providers.allowStub</c>).</summary>
    public bool AllowStub { get; init; }

    /// <summary>What is configured of agent runtimes, by provider id (<c>providers.&lt;id&gt;</c>).</summary>
    public IReadOnlyDictionary<string, ProviderSettings> Providers { get; init; } = new Dictionary<string, ProviderSettings>();

    /// <summary>What is configured of one agent runtime.</summary>
    public ProviderSettings ProviderOf(string providerId) => Providers.GetValueOrDefault(providerId) ?? ProviderSettings.None;

    // The text of a record has all its members, and the token must not get into a log by way of it.
    [SuppressMessage("CodeQuality", "IDE0051", Justification = "The compiler calls it.")]
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(MachineId)).Append(" = ").Append(MachineId);
        return true;
    }
}
