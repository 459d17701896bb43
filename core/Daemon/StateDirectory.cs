namespace Donmai.Core.Daemon;

/// <summary>Where the daemon keeps its files (daemon-runtime.md §1).</summary>
/// <param name="Root">The state directory.</param>
public sealed record StateDirectory(string Root)
{
    /// <summary>How the last daemon ended (daemon-runtime.md §15.3).</summary>
    public string LastExit => Path.Combine(Root, "last-exit.json");

    /// <summary>The configuration file.</summary>
    public string Configuration => Path.Combine(Root, "daemon.yaml");

    /// <summary>The instance lock.</summary>
    public string InstanceLock => Path.Combine(Root, "daemon.lock");

    /// <summary>What is remembered of updates (daemon-runtime.md §12.5).</summary>
    public string UpdateRecord => Path.Combine(Root, "update.json");

    /// <summary>The journal of grain state.</summary>
    public string Journal => Path.Combine(Root, "journal");

    /// <summary>The recent routing decisions (routing.md §2).</summary>
    public string RoutingLog => Path.Combine(Root, "routing.jsonl");

    /// <summary>Parent of all work trees.</summary>
    public string Worktrees => Path.Combine(Root, "worktrees");

    /// <summary>Parent of all record directories (worker.md §1.8).</summary>
    public string Records => Path.Combine(Worktrees, ".records");

    /// <summary>Parent of the logs of sessions (daemon-runtime.md §9.4).</summary>
    public string SessionLogs => Path.Combine(Root, "logs", "sessions");

    /// <summary>The daemon's log, unless <c>observability.logPath</c> names another file.</summary>
    public string Log => Path.Combine(Root, "daemon.log");

    /// <summary>Parent of the members of the work area pool (workareas.md §8).</summary>
    public string Pool => Path.Combine(Root, "pool");

    /// <summary>Default archive root (workareas.md §2).</summary>
    public string Workareas => Path.Combine(Root, "workareas");

    /// <summary>Default place of kits, and of their state (kits.md).</summary>
    public string Kits => Path.Combine(Root, "kits");

    /// <summary>What the machine was called first.</summary>
    public string MachineRecord => Path.Combine(Root, "machine.json");

    /// <summary>The registration in cache (platform-api.md §4); another place than the usual one can be said (<c>--jwt-path</c>).</summary>
    public string Registration { get; init; } = Path.Combine(Root, "daemon.jwt");

    /// <summary>The same with the registration in cache at another place.</summary>
    /// <param name="path">The file; <see langword="null"/> or blank for the usual one.</param>
    public StateDirectory WithRegistration(string? path) => string.IsNullOrWhiteSpace(path) ? this : this with { Registration = Path.GetFullPath(path) };

    /// <summary>Queue of a daemon without a platform (daemon-runtime.md §1.2).</summary>
    public string Queue => Path.Combine(Root, "queue");

    /// <summary>The control token (architecture.md §8).</summary>
    public string ControlToken => Path.Combine(Root, "control.token");

    /// <summary>The Unix domain socket of the control API.</summary>
    public string Socket => Path.Combine(Root, "daemon.sock");
}
