namespace Donmai.Worker;

/// <summary>When a session's work tree outlives its worker (worker.md §1.1 <c>--keep-worktree</c>, §5.5).</summary>
public enum WorktreeRetention
{
    /// <summary>Kept unless the session completed; what <c>--preserve-worktree</c> says.</summary>
    OnFailure,

    /// <summary>Removed at the end of every session; what <c>--preserve-worktree=false</c> says.</summary>
    Never,

    /// <summary>Kept at the end of every session: somebody else archives it.</summary>
    Always,
}
