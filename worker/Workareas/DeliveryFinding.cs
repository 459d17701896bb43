using Donmai.Sessions;

namespace Donmai.Worker.Workareas;

/// <summary>What a delivery has come to, filled step by step.</summary>
internal sealed class DeliveryFinding
{
    /// <summary>How far the work is; <see langword="null"/> as long as nobody could look.</summary>
    public WorktreeFacts? Facts { get; set; }

    /// <summary>Uncommitted changes worth keeping; those that were committed are gone from it.</summary>
    public IReadOnlyList<StatusEntry> Changes { get; set; } = [];

    /// <summary>Files that were not committed.</summary>
    public IReadOnlyList<LeftOutFile> LeftOut { get; set; } = [];

    /// <summary>Branch of the remote that has the work; empty when none has.</summary>
    public string PushedBranch { get; set; } = "";

    /// <summary>The pull request.</summary>
    public string? PullRequest { get; set; }

    /// <summary>Whether the delivery opened it.</summary>
    public bool OpenedPullRequest { get; set; }

    /// <summary>The host of the repository has no program that opens pull requests.</summary>
    public bool IsUnsupportedHost { get; set; }

    /// <summary>What was done otherwise than usual, in words.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>What could not be done, in words, the first first.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Whether there is anything that somebody could miss; as long as nobody could look there may be.</summary>
    public bool HasWork => Facts is null or { Commits: > 0 } || Changes.Count > 0;
}
