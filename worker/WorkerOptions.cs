using Donmai.Worker.Kits;

namespace Donmai.Worker;

/// <summary>The command line of <c>donmai agent run</c> (worker.md §1.1). What is <see langword="null"/> was not given.</summary>
public sealed record WorkerOptions
{
    /// <summary><c>--session-id</c>: session to run; otherwise <c>DONMAI_SESSION_ID</c>, then <c>RENSEI_SESSION_ID</c>.</summary>
    public string? SessionId { get; init; }

    /// <summary>
    /// <c>--daemon-url</c>: the control API; otherwise <c>DONMAI_DAEMON_URL</c>, then <c>RENSEI_DAEMON_URL</c>, then
    /// <c>http://127.0.0.1:7734</c>.
    /// </summary>
    public string? DaemonUrl { get; init; }

    /// <summary><c>--worktree-dir</c>: parent of all work trees; otherwise <c>&lt;state&gt;/worktrees</c>. Created with mode 0750.</summary>
    public string? WorktreeDirectory { get; init; }

    /// <summary><c>--record-dir</c>: parent of all record directories; otherwise <c>&lt;worktree-dir&gt;/.records</c>.</summary>
    public string? RecordDirectory { get; init; }

    /// <summary><c>--detail-file</c>: read the work order from this file instead of the daemon; it is never read again.</summary>
    public string? DetailFile { get; init; }

    /// <summary><c>--keep-worktree</c>.</summary>
    public WorktreeRetention KeepWorktree { get; init; } = WorktreeRetention.OnFailure;

    /// <summary><c>--json</c>: print the result on standard output.</summary>
    public bool PrintResult { get; init; } = true;

    /// <summary>Skills that a program which embeds the worker gives to the session; no command line has them.</summary>
    public IReadOnlyList<SkillSource> Skills { get; init; } = [];
}
