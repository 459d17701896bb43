using System.Text.RegularExpressions;
using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>What a work tree's repository has to contain.</summary>
/// <param name="BaseRef">Branch, tag or commit the work starts from, by its short name.</param>
/// <param name="Branch">Work branch.</param>
/// <param name="Remote">What the remote has.</param>
internal sealed partial record WantedHistory(string BaseRef, string Branch, RemoteView Remote)
{
    /// <summary>Whether the remote has the work branch already.</summary>
    public bool ContinuesBranch => Remote.BranchSha.Length > 0;

    /// <summary>Refspec that fetches the base.</summary>
    /// <exception cref="GitFailureException">The remote has no such branch or tag, and it is no commit id.</exception>
    public string BaseRefspec => Remote.BaseIsBranch ? Tracking(BaseRef)
        : Remote.BaseReference.Length > 0 ? $"+{Remote.BaseReference}:{Remote.BaseReference}"
        : FullCommitId().IsMatch(BaseRef) ? BaseRef
        : throw NotFound();

    /// <summary>Name of the base in the repository.</summary>
    public string LocalBase => Remote.BaseIsBranch ? $"refs/remotes/origin/{BaseRef}"
        : Remote.BaseReference.Length > 0 ? Remote.BaseReference
        : BaseRef;

    /// <summary>Refspec that fetches the work branch.</summary>
    public string BranchRefspec => Tracking(Branch);

    /// <summary>The refusal of a base that does not exist.</summary>
    public GitFailureException NotFound() =>
        new(GitFailureClass.ReferenceNotFound, $"'{BaseRef}' is neither a branch, nor a tag, nor a full commit id of the repository");

    private static string Tracking(string branch) => $"+refs/heads/{branch}:refs/remotes/origin/{branch}";

    [GeneratedRegex(@"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FullCommitId();
}
