using Donmai.Core.Providers;

namespace Donmai.Core.Sessions;

/// <summary>Composes the environment of a worker process (daemon-runtime.md §9.3).</summary>
public static class WorkerEnvironment
{
    /// <summary>Variable that holds the session's record directory; also the mark by which a session's processes are recognized.</summary>
    public const string RecordDirectory = Own + "RECORD_DIR";

    /// <summary>Variable that names the work item's variables, comma-separated (worker.md §6.1, layer 2).</summary>
    public const string ItemNames = Own + "ITEM_ENV";

    /// <summary>Variable that says how many MiB of memory the session may use; the next daemon goes by it.</summary>
    public const string MemoryLimit = Own + "MEMORY_LIMIT_MB";

    private const string Own = "DONMAI_";
    private const string Reference = "RENSEI_";

    private static readonly string[] Prefixes = [Own, Reference];

    private static readonly HashSet<string> SessionNames = new(StringComparer.Ordinal)
    {
        "SESSION_ID", "REPOSITORY", "REF", "PROJECT_ID", "DAEMON_URL", "RECORD_DIR", "ITEM_ENV", "MEMORY_LIMIT_MB",
    };

    // What decides which program runs, which code is loaded into it, or what the daemon's own programs do.
    private static readonly HashSet<string> Denied = new(StringComparer.Ordinal)
    {
        "PATH", "HOME", "ENV", "BASH_ENV", "IFS", "SHELLOPTS", "GCONV_PATH",
        "DOTNET_STARTUP_HOOKS", "DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE", "DOTNET_ROOT",
        ProviderSettings.Variable, SessionRules.Variable, Own + "STATE_HOME", Own + "CONTROL_TOKEN", Reference + "CONTROL_TOKEN",
    };

    private static readonly string[] DeniedPrefixes = ["LD_", "DYLD_", "CORECLR_", "COR_", "DONMAI_DAEMON_", "RENSEI_DAEMON_"];

    /// <summary>The complete environment: daemon, base, work item, session; a later layer replaces an earlier value.</summary>
    public static Dictionary<string, string> Compose(WorkerEnvironmentRequest request)
    {
        var composed = new Dictionary<string, string>(request.Daemon.Count + 16, StringComparer.Ordinal);
        foreach (var (name, value) in request.Daemon)
            if (!IsSupervisors(name))
                composed[name] = value;

        SetBoth(composed, "WORKER_ID", request.WorkerId);
        SetBoth(composed, "ORCHESTRATOR_URL", request.OrchestratorUrl);
        foreach (var (name, value) in request.Supplied)
            composed[name] = value;

        var items = (request.Item ?? new Dictionary<string, string>())
            .Where(static item => MayComeFromItem(item.Key) && !item.Value.Contains('\0'))
            .OrderBy(static item => item.Key, StringComparer.Ordinal)
            .ToList();
        foreach (var (name, value) in items)
            composed[name] = value;

        SetSession(composed, request);
        composed.Remove(ItemNames);
        if (items.Count > 0)
            composed[ItemNames] = string.Join(',', items.Select(static item => item.Key));
        return composed;
    }

    private static void SetSession(Dictionary<string, string> composed, WorkerEnvironmentRequest request)
    {
        SetBoth(composed, "SESSION_ID", request.SessionId);
        SetBoth(composed, "PROJECT_ID", request.ProjectId);
        SetBoth(composed, "DAEMON_URL", request.DaemonUrl.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        foreach (var prefix in Prefixes)
        {
            composed[prefix + "REPOSITORY"] = request.Repository;
            composed[prefix + "REF"] = request.Ref;
        }

        composed[RecordDirectory] = request.RecordPath;
        composed.Remove(SessionTrace.Variable); // of whoever started the daemon
        if (request.TraceParent is { } traceParent)
            composed[SessionTrace.Variable] = traceParent;
    }

    private static void SetBoth(Dictionary<string, string> composed, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        foreach (var prefix in Prefixes)
            composed[prefix + name] = value;
    }

    /// <summary>Secrets and switches of the daemon itself; its address is set again from what is really bound.</summary>
    private static bool IsSupervisors(string name) =>
        name.EndsWith("_DAEMON_TOKEN", StringComparison.Ordinal)
        || name.EndsWith("_CONTROL_TOKEN", StringComparison.Ordinal)
        || Prefixes.Any(prefix => name.StartsWith(prefix + "DAEMON_", StringComparison.Ordinal));

    // A comma could not be told apart in the list of the item's names.
    private static bool MayComeFromItem(string name) =>
        name.Length > 0
        && name.AsSpan().IndexOfAny('=', '\0', ',') < 0
        && !Denied.Contains(name)
        && !IsSupervisors(name)
        && !DeniedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        && !Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal) && SessionNames.Contains(name[prefix.Length..]));
}
