using System.Collections.Concurrent;
using Donmai.Core.Daemon.Yaml;
using Donmai.Core.Sessions;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

/// <summary>
/// Reads <c>daemon.yaml</c> (daemon-runtime.md §2): unknown keys are ignored, every violation is reported at once. Warns of the same thing once,
/// however often the file is read.
/// </summary>
/// <param name="state">The state directory, for defaults.</param>
/// <param name="home">The user's home directory, for a leading <c>~/</c>; <see langword="null"/> when it is unknown.</param>
/// <param name="logger">Told about keys of former versions and about what the machine does not have.</param>
/// <param name="variables">The environment; <see langword="null"/> when nothing of it may count.</param>
/// <param name="host">The machine; <see langword="null"/> when nothing is known of it.</param>
public sealed partial class DaemonConfigurationReader(
    StateDirectory state, string? home, ILogger<DaemonConfigurationReader> logger, DaemonVariables? variables = null, HostFacts? host = null)
{
    private const int LongestDuration = 365 * 24 * 60 * 60;
    private const int LongestGrace = 600;
    private const int LongestPhase = 24 * 60 * 60;
    private const int LeastMemoryMb = 256;
    private const int LongestPoolAge = 365 * 24;
    private const int LongestArchiveAge = 100 * 365;

    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private readonly ConfigurationPaths _paths = new(state, home);

    /// <summary>Makes paths absolute.</summary>
    internal ConfigurationPaths Paths => _paths;

    /// <summary>The configuration in a file; <see langword="null"/> when there is no such file.</summary>
    /// <exception cref="DaemonConfigurationException">The file cannot be read or used.</exception>
    public DaemonConfiguration? Read(string path) => ConfigurationText.Load(path) is { } text ? Parse(path, text).Configuration : null;

    /// <summary>The configuration in the text of a file.</summary>
    /// <exception cref="DaemonConfigurationException">The text cannot be used.</exception>
    internal ReadConfiguration Parse(string path, string text)
    {
        var violations = new List<ConfigurationViolation>();
        var root = YamlText.Parse(text, violations);
        if (root is not (null or YamlMapping or YamlScalar { IsNull: true }))
            violations.Add(new ConfigurationViolation(null, root.Line, "the file must be a mapping of keys"));
        else if (root is not null || violations.Count == 0)
        {
            var configuration = Translate(new YamlSection("", root?.Line ?? 1, root as YamlMapping, violations));
            if (violations.Count == 0)
                return new ReadConfiguration(configuration, YamlLeaves.Of(root));
        }

        throw new DaemonConfigurationException(path, [.. violations.OrderBy(static violation => violation.Line)]);
    }

    private DaemonConfiguration Translate(YamlSection root)
    {
        var defaults = new DaemonConfiguration { MachineId = "", ArchiveRoot = "" };
        var (machine, orchestrator, session) = (root.Section("machine"), root.Section("orchestrator"), root.Section("session"));
        var (workarea, trust, providers) = (root.Section("workarea"), root.Section("trust"), root.Section("providers"));
        var written = orchestrator.Text("authToken");
        var configuration = new DaemonConfiguration
        {
            MachineId = machine.Required("id"),
            DisplayName = machine.Text("displayName"),
            Region = machine.Text("region"),
            Projects = new ProjectReader(_paths, WarnOfRepoUrl).Read(root),
            OrchestratorUrl = OrchestratorUrl(orchestrator),
            AuthTokenText = written,
            AuthToken = RegistrationToken.Resolve(written, variables ?? DaemonVariables.None),
            AllowRemoteConfiguration = orchestrator.Flag("allowRemoteConfiguration") ?? defaults.AllowRemoteConfiguration,
            Update = UpdateReader.Read(root.Section("autoUpdate"), _paths),
            Observability = Observability(root.Section("observability")),
            Trust = new TrustConfiguration
            {
                Mode = trust.OneOf("mode", "permissive", "signed-by-allowlist", "attested") ?? defaults.Trust.Mode,
                IssuerSet = trust.Texts("issuerSet"),
                Actor = trust.Text("actor"),
            },
            KitScanPaths = root.Section("kit").Texts("scanPaths") is { Count: > 0 } paths ? paths.ConvertAll(path => _paths.Absolute(path)!) : [state.Kits],
            DiffStreamingThreshold = workarea.Whole("diffStreamingThreshold", 0) ?? defaults.DiffStreamingThreshold,
            ArchiveRoot = _paths.Absolute(workarea.Text("archiveRoot")) ?? Archives(),
            Archiving = Archiving(workarea),
            Pool = Pool(workarea.Section("pool")),
            SessionMaxDurationSeconds = session.Whole("maxDurationSeconds", 0, LongestDuration) ?? defaults.SessionMaxDurationSeconds,
            SessionNoProgressSeconds = session.Whole("noProgressTimeoutSeconds", 0, LongestDuration) ?? defaults.SessionNoProgressSeconds,
            SessionLimits = Limits(session.Section("limits")),
            SessionLogRaw = session.Flag("logRaw") ?? defaults.SessionLogRaw,
            StopGraceSeconds = session.Whole("stopGraceSeconds", 1, LongestGrace) ?? defaults.StopGraceSeconds,
            Rules = Rules(session, root.Section("backstop")),
            Routing = RoutingReader.Read(root.Section("routing")),
            AllowStub = providers.Flag("allowStub") ?? defaults.AllowStub,
            Providers = new ProviderReader(_paths).Read(providers),
        };
        return WithCapacity(configuration, root.Section("capacity"));
    }

    private SessionRules Rules(YamlSection session, YamlSection backstop) => new()
    {
        EnvAllow = session.Texts("envAllow"),
        HidesToken = session.Flag("exposeToken") == false,
        AllowRepositoryTemplates = session.Flag("allowRepositoryTemplates") ?? SessionRules.Default.AllowRepositoryTemplates,
        Templates = _paths.Absolute(session.Text("templates")),
        Tracker = session.Text("tracker") ?? SessionRules.Default.Tracker,
        SkipHooks = backstop.Flag("skipHooks") ?? SessionRules.Default.SkipHooks,
        ProtectedBranches = backstop.Texts("protectedBranches"),
    };

    private DaemonConfiguration WithCapacity(DaemonConfiguration defaults, YamlSection capacity)
    {
        var reserved = capacity.Section("reservedForSystem");
        var (reservedVCpu, reservedMemoryMb) = (reserved.Whole("vCpu", 0), reserved.Whole("memoryMb", 0));
        if (reservedVCpu > host?.Processors)
            Once(reserved.PathOf("vCpu"), () => MoreReservedThanThere(reserved.PathOf("vCpu"), reservedVCpu.Value, host.Processors));
        if (host is { MemoryMb: > 0 and var memory } && reservedMemoryMb > memory)
            Once(reserved.PathOf("memoryMb"), () => MoreReservedThanThere(reserved.PathOf("memoryMb"), reservedMemoryMb.Value, memory));
        return defaults with
        {
            MaxConcurrentSessions = capacity.Whole("maxConcurrentSessions", 0) ?? defaults.MaxConcurrentSessions,
            MaxVCpuPerSession = capacity.Whole("maxVCpuPerSession", 1) ?? defaults.MaxVCpuPerSession,
            MaxMemoryMbPerSession = capacity.Whole("maxMemoryMbPerSession", LeastMemoryMb) ?? defaults.MaxMemoryMbPerSession,
            ReservedVCpu = reservedVCpu ?? defaults.ReservedVCpu,
            ReservedMemoryMb = reservedMemoryMb ?? defaults.ReservedMemoryMb,
            PoolMaxDiskGb = capacity.Whole("poolMaxDiskGb", 0) ?? defaults.PoolMaxDiskGb,
            MinFreeDiskMb = capacity.Whole("minFreeDiskMb", 0) ?? defaults.MinFreeDiskMb,
        };
    }

    private static ArchiveConfiguration Archiving(YamlSection workarea)
    {
        var defaults = new ArchiveConfiguration();
        var policy = workarea.OneOf(
            "archive", ArchiveConfiguration.Always, ArchiveConfiguration.OnChange, ArchiveConfiguration.OnFailure, ArchiveConfiguration.Never);
        var former = workarea.Flag("archiveOnSuccess") switch
        {
            true => ArchiveConfiguration.Always,
            false => ArchiveConfiguration.OnFailure,
            null => null,
        };
        return new ArchiveConfiguration
        {
            Policy = policy ?? former ?? defaults.Policy,
            MaxCount = workarea.Whole("maxArchives", 0) ?? defaults.MaxCount,
            MaxGb = workarea.Whole("maxArchiveGb", 0) ?? defaults.MaxGb,
            MaxAgeDays = workarea.Whole("maxArchiveAgeDays", 0, LongestArchiveAge) ?? defaults.MaxAgeDays,
        };
    }

    private static PoolConfiguration Pool(YamlSection pool) => new()
    {
        Warm = pool.Whole("warm", 0, PoolConfiguration.MostWarm) ?? PoolConfiguration.UsualWarm,
        MaxAgeHours = pool.Whole("maxAgeHours", 1, LongestPoolAge) ?? new PoolConfiguration().MaxAgeHours,
        CanonicalFiles = pool.Texts("canonicalFiles"),
    };

    private static SessionBounds Limits(YamlSection limits)
    {
        return new SessionBounds
        {
            WorktreeSeconds = Of("worktreeSeconds"),
            KitsSeconds = Of("kitsSeconds"),
            SpawnSeconds = Of("spawnSeconds"),
            SteeringSeconds = Of("steeringSeconds"),
            BackstopSeconds = Of("backstopSeconds"),
            PublishingSeconds = Of("publishingSeconds"),
            ClosingSeconds = Of("closingSeconds"),
            ReportingSeconds = Of("reportingSeconds"),
            CleaningSeconds = Of("cleaningSeconds"),
        };

        int Of(string key) => limits.Whole(key, 0, LongestPhase) ?? 0;
    }

    private ObservabilityConfiguration Observability(YamlSection observability) => new()
    {
        LogFormat = observability.OneOf("logFormat", "text", "ndjson") ?? new ObservabilityConfiguration().LogFormat,
        LogPath = _paths.Absolute(observability.Text("logPath")),
        MetricsPort = observability.Whole("metricsPort", 1, ushort.MaxValue),
    };

    private static string OrchestratorUrl(YamlSection orchestrator)
    {
        var text = orchestrator.Required("url");
        var usable = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "file";
        if (!string.IsNullOrWhiteSpace(text) && !(usable && text.Contains("://", StringComparison.Ordinal)))
            orchestrator.Violate("url", $"is \"{text}\"; it must be an absolute http, https or file URL");
        return text;
    }

    private string Archives()
    {
        var (path, isLegacy) = _paths.Archives();
        if (isLegacy)
            Once(path, () => LegacyArchives(path));
        return path;
    }

    private void WarnOfRepoUrl(string projectId, string repository) =>
        Once($"{projectId} {repository}", () => LegacyRepoUrl(projectId, RepositorySecrets.Strip(repository)));

    private void Once(string what, Action warn)
    {
        if (_warned.TryAdd(what, true))
            warn();
    }
}
