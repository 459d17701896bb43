using System.Collections.Frozen;
using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Core.Sessions;

namespace Donmai.Core.Providers;

/// <summary>
/// Knows the runtimes the product's own worker can drive. A worker that an embedder put in its place brings its own: then the named runtime, or
/// <c>stub</c> when none is named, is taken as given (routing.md §7 RT-17).
/// </summary>
/// <param name="configuration">Where programs are, and whether the stub is permitted.</param>
/// <param name="worker">The worker that will run sessions.</param>
/// <param name="searchPath">The daemon's <c>PATH</c>.</param>
public sealed class ProviderCatalog(IDaemonConfiguration configuration, WorkerCommand worker, string searchPath) : IProviderCatalog
{
    private const string Claude = "claude";
    private const string Stub = "stub";

    private static readonly FrozenDictionary<string, string> ClaudeCapabilities = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["supportsMessageInjection"] = "true",
        ["supportsSessionResume"] = "true",
        ["supportsToolPlugins"] = "true",
        ["emitsSubagentEvents"] = "true",
        ["toolPermissionFormat"] = Claude,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<RoutingCandidate> Runtimes(string? pinnedProvider)
    {
        if (!worker.IsOwnWorker)
            return [new RoutingCandidate { Id = pinnedProvider ?? Stub }];
        var current = configuration.Current;
        var known = new List<RoutingCandidate>(3)
        {
            new() { Id = Claude, Capabilities = ClaudeCapabilities, Unavailable = ClaudeMissing(current) },
            new() { Id = Stub, Forbidden = current.AllowStub || pinnedProvider == Stub ? null : "only on request (--provider stub, or providers.allowStub: true)" },
        };
        if (pinnedProvider is not (null or Claude or Stub))
            known.Add(new RoutingCandidate { Id = pinnedProvider, Unfit = $"\"{pinnedProvider}\" is not an agent runtime of this daemon; it knows {Claude} and {Stub}" });
        return known;
    }

    private string? ClaudeMissing(DaemonConfiguration current)
    {
        if (current.ProviderBinaries.TryGetValue(Claude, out var binary))
            return IsExecutable(binary) ? null : $"{binary} (providers.claude.binary) is not an executable file";
        return IsOnSearchPath(Claude)
            ? null
            : "the program \"claude\" is not on the daemon's PATH; install it (npm install -g @anthropic-ai/claude-code) or set providers.claude.binary in daemon.yaml";
    }

    private bool IsOnSearchPath(string program) => searchPath
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(directory => Path.IsPathRooted(directory) && IsExecutable(Path.Combine(directory, program)));

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}
