using Donmai.Core.Git;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>What is done with a directory that is already there (worker.md §5.4). A tree of another session or issue is never touched.</summary>
/// <param name="Root">Directory to use.</param>
/// <param name="State">State of the earlier attempt whose tree is used again; <see langword="null"/> for a fresh tree.</param>
/// <param name="SetAside">Directory that has to make way for a fresh tree; <see langword="null"/> when there is none.</param>
internal sealed record ExistingWorktree(string Root, WorktreeState? State, string? SetAside)
{
    /// <summary>Directory of the worker's files in a work tree.</summary>
    public const string OwnDirectory = ".agent";

    /// <summary>Path of a tree's <c>state.json</c>.</summary>
    public static string StatePath(string tree) => Path.Combine(tree, OwnDirectory, "state.json");

    /// <summary>
    /// Whether the worker can keep its files in a tree. A repository may have a file or a link of that name, which could lead anywhere.
    /// </summary>
    public static bool HasRoomForOwnFiles(string tree)
    {
        var place = new FileInfo(Path.Combine(tree, OwnDirectory));
        return place.LinkTarget is null && !place.Exists;
    }

    /// <summary>Looks at what is there.</summary>
    /// <param name="worktrees">Parent of all work trees.</param>
    /// <param name="request">The tree that is wanted.</param>
    /// <param name="clock">Source of time.</param>
    public static ExistingWorktree Find(string worktrees, WorktreeRequest request, TimeProvider clock)
    {
        for (var number = 1; ; number++)
        {
            var root = Path.Combine(worktrees, number == 1 ? request.SessionId : $"{request.SessionId}-{number}");
            if (!Directory.Exists(root) || !Directory.EnumerateFileSystemEntries(root).Any())
                return new ExistingWorktree(root, null, null);
            if (new StateFile(StatePath(root), clock).Read() is not { } state || !BelongsTo(state, request))
                continue;
            return IsUsable(root, state) ? new ExistingWorktree(root, state, null) : new ExistingWorktree(root, null, root);
        }
    }

    private static bool BelongsTo(WorktreeState state, WorktreeRequest request) =>
        state.SessionId == request.SessionId
        && (state.IssueIdentifier.Length == 0 || request.IssueIdentifier.Length == 0 || state.IssueIdentifier == request.IssueIdentifier);

    private static bool IsUsable(string root, WorktreeState state) =>
        Directory.Exists(Path.Combine(root, ".git")) && state is { Branch.Length: > 0, BaseSha.Length: > 0, BaseRef.Length: > 0 }
        && GitBranchNames.IsValid(state.Branch) && state.BaseSha.All(char.IsAsciiHexDigit);
}
