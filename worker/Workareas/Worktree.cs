namespace Donmai.Worker.Workareas;

/// <summary>A git work tree, ready for the agent.</summary>
internal sealed record Worktree
{
    /// <summary>The directory.</summary>
    public required string Root { get; init; }

    /// <summary>The work branch, checked out.</summary>
    public required string Branch { get; init; }

    /// <summary>Branch, tag or commit the work started from.</summary>
    public required string BaseRef { get; init; }

    /// <summary>Commit the work started from.</summary>
    public required string BaseSha { get; init; }

    /// <summary>Commit of the work branch on the remote; empty when it is new.</summary>
    public string RemoteBranchSha { get; init; } = "";

    /// <summary>Whether it is the tree of an earlier attempt, with its changes.</summary>
    public bool Reused { get; init; }

    /// <summary>Commit that was checked out when it was made.</summary>
    public string StartSha => RemoteBranchSha.Length > 0 ? RemoteBranchSha : BaseSha;

    /// <summary>The repository it was made from, as the work order names it.</summary>
    public string Repository { get; init; } = "";

    /// <summary>The remote's default branch; empty when unknown.</summary>
    public string DefaultBranch { get; init; } = "";

    /// <summary>Branches that the owner of the machine protects.</summary>
    public IReadOnlyList<string> ProtectedPatterns { get; init; } = [];

    /// <summary>Branches that are never pushed.</summary>
    public ProtectedBranches Protected => new(BaseRef, DefaultBranch, ProtectedPatterns);
}
