using Donmai.Sessions;
using Microsoft.Extensions.Logging;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Donmai.Core.Daemon;

/// <summary>Reads <c>daemon.yaml</c> (daemon-runtime.md §2): unknown keys are ignored, every violation is reported at once.</summary>
/// <param name="state">The state directory, for defaults.</param>
/// <param name="home">The user's home directory, for a leading <c>~/</c>; <see langword="null"/> when it is unknown.</param>
/// <param name="logger">Told about keys of former versions.</param>
public sealed partial class DaemonConfigurationReader(StateDirectory state, string? home, ILogger<DaemonConfigurationReader> logger)
{
    private const int DeepestNesting = 64;
    private const int LongestDuration = 365 * 24 * 60 * 60;
    private const int LongestGrace = 600;
    private const int LargestRing = 10_000;
    private const int LeastMemoryMb = 256;
    private const double WeightTolerance = 0.001;

    private static readonly string[] CloneStrategies = ["shallow", "full", "reference-clone"];

    /// <summary>The configuration in a file; <see langword="null"/> when there is no such file.</summary>
    /// <exception cref="DaemonConfigurationException">The file cannot be read or used.</exception>
    public DaemonConfiguration? Read(string path)
    {
        var violations = new List<string>();
        if (Load(path) is not { } document)
            return null;
        var configuration = Translate(new YamlSection("", document, violations), violations);
        return violations.Count == 0 ? configuration : throw new DaemonConfigurationException(path, [.. violations]);
    }

    private static YamlMappingNode? Load(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(new DepthLimitedParser(new Parser(text), DeepestNesting));
            return yaml.Documents.Count == 0 ? [] : yaml.Documents[0].RootNode switch
            {
                YamlMappingNode mapping => mapping,
                YamlScalarNode { Value: null or "" } => [],
                _ => throw new DaemonConfigurationException(path, ["the file must be a mapping of keys"]),
            };
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new DaemonConfigurationException(path, [$"the file cannot be read: {unreadable.Message}"]);
        }
        catch (YamlException broken)
        {
            throw new DaemonConfigurationException(path, [$"line {broken.Start.Line}, column {broken.Start.Column}: {broken.Message}"]);
        }
    }

    private DaemonConfiguration Translate(YamlSection root, List<string> violations)
    {
        var defaults = new DaemonConfiguration { MachineId = "", ArchiveRoot = state.Workareas };
        var machine = root.Section("machine");
        var machineId = machine.Required("id");
        var orchestratorUrl = OrchestratorUrl(root.Section("orchestrator"), violations);
        var capacity = root.Section("capacity");
        var maxConcurrentSessions = capacity.Whole("maxConcurrentSessions", 0);
        var projects = Projects(root, violations);
        CheckKeysOfOtherRooms(root);
        var session = root.Section("session");
        return new DaemonConfiguration
        {
            MachineId = machineId,
            Region = machine.Text("region"),
            MaxConcurrentSessions = maxConcurrentSessions ?? defaults.MaxConcurrentSessions,
            MaxVCpuPerSession = capacity.Whole("maxVCpuPerSession", 1) ?? defaults.MaxVCpuPerSession,
            MaxMemoryMbPerSession = capacity.Whole("maxMemoryMbPerSession", LeastMemoryMb) ?? defaults.MaxMemoryMbPerSession,
            Projects = projects,
            OrchestratorUrl = orchestratorUrl,
            ArchiveRoot = AbsolutePath(root.Section("workarea").Text("archiveRoot")) ?? defaults.ArchiveRoot,
            SessionMaxDurationSeconds = session.Whole("maxDurationSeconds", 0, LongestDuration) ?? defaults.SessionMaxDurationSeconds,
            StopGraceSeconds = session.Whole("stopGraceSeconds", 1, LongestGrace) ?? defaults.StopGraceSeconds,
            Routing = Routing(root.Section("routing"), violations),
            AllowStub = root.Section("providers").Flag("allowStub") ?? defaults.AllowStub,
            ProviderBinaries = ProviderBinaries(root.Section("providers")),
        };
    }

    private static string OrchestratorUrl(YamlSection orchestrator, List<string> violations)
    {
        var text = orchestrator.Required("url");
        var usable = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "file";
        if (!string.IsNullOrWhiteSpace(text) && !(usable && text.Contains("://", StringComparison.Ordinal)))
            violations.Add($"{orchestrator.PathOf("url")} is \"{text}\"; it must be an absolute http, https or file URL");
        return text;
    }

    private List<ProjectConfiguration> Projects(YamlSection root, List<string> violations)
    {
        var projects = new List<ProjectConfiguration>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in root.Items("projects"))
        {
            var project = Project(entry);
            if (project.Id.Length > 0 && !ids.Add(project.Id))
                violations.Add($"{entry.PathOf("id")} \"{project.Id}\" is used by an earlier entry");
            projects.Add(project);
        }

        return projects;
    }

    private ProjectConfiguration Project(YamlSection entry)
    {
        var id = entry.Required("id");
        var legacy = entry.Text("repoUrl");
        var useLegacy = string.IsNullOrEmpty(entry.Text("repository")) && !string.IsNullOrEmpty(legacy);
        if (useLegacy)
            LegacyRepoUrl(id, legacy!);
        var git = entry.Section("git");
        var credentials = new ProjectGit { CredentialHelper = git.Text("credentialHelper"), SshKey = git.Text("sshKey") };
        return new ProjectConfiguration
        {
            Id = id,
            Repository = useLegacy ? legacy! : entry.Required("repository"),
            Checkout = new ProjectCheckout
            {
                CloneStrategy = entry.OneOf("cloneStrategy", CloneStrategies),
                Git = credentials is { CredentialHelper: null, SshKey: null } ? null : credentials,
            },
        };
    }

    private static RoutingConfiguration Routing(YamlSection routing, List<string> violations)
    {
        var defaults = new RoutingConfiguration();
        var weights = routing.Section("weights");
        var (cost, latency) = (weights.Number("cost"), weights.Number("latency"));
        if (cost is not null || latency is not null)
            CheckWeights(weights, cost ?? 0, latency ?? 0, violations);
        return new RoutingConfiguration
        {
            RingSize = routing.Whole("ringSize", 1, LargestRing) ?? defaults.RingSize,
            Ordering = routing.OneOf("ordering", "thompson", "declared") ?? defaults.Ordering,
            Order = routing.Texts("order"),
            CostWeight = cost is null && latency is null ? defaults.CostWeight : cost ?? 0,
            LatencyWeight = cost is null && latency is null ? defaults.LatencyWeight : latency ?? 0,
            CapabilityFilters = routing.Items("capabilityFilters").ConvertAll(static filter => new RoutingFilter(
                filter.Required("field"), filter.OneOf("op", "eq", "in", "lte", "gte") ?? filter.Required("op"), filter.Text("value") ?? "")),
            Allow = Policies(routing, "allow"),
            Deny = Policies(routing, "deny"),
        };
    }

    private static List<RoutingPolicy> Policies(YamlSection routing, string key) =>
        routing.Items(key).ConvertAll(static line => new RoutingPolicy(line.Required("project"), line.Required("provider")));

    private static void CheckWeights(YamlSection weights, double cost, double latency, List<string> violations)
    {
        if (cost < 0 || latency < 0 || Math.Abs(cost + latency - 1) > WeightTolerance)
            violations.Add($"{weights.PathOf("cost")} and {weights.PathOf("latency")} are {cost} and {latency}; they must not be negative and must sum to 1");
    }

    private Dictionary<string, string> ProviderBinaries(YamlSection providers)
    {
        var binaries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, provider) in providers.Sections())
        {
            if (AbsolutePath(provider.Text("binary")) is { } binary)
                binaries[id] = binary;
        }

        return binaries;
    }

    /// <summary>Keys that other parts of the daemon read; a value that none of them could use stops the start as well.</summary>
    private static void CheckKeysOfOtherRooms(YamlSection root)
    {
        root.Section("autoUpdate").OneOf("channel", "stable", "beta", "main");
        root.Section("autoUpdate").OneOf("schedule", "nightly", "on-release", "manual");
        root.Section("trust").OneOf("mode", "permissive", "signed-by-allowlist", "attested");
    }

    private string? AbsolutePath(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;
        if (path.StartsWith("~/", StringComparison.Ordinal) && home is { Length: > 0 })
            path = Path.Combine(home, path[2..]);
        return Path.GetFullPath(path, state.Root);
    }
}
