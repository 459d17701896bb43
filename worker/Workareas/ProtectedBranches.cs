using System.IO.Enumeration;

namespace Donmai.Worker.Workareas;

/// <summary>Branches that are never a work branch and never pushed (worker.md §5.2).</summary>
/// <param name="BaseRef">What the work starts from.</param>
/// <param name="DefaultBranch">The remote's default branch; empty when unknown.</param>
/// <param name="Patterns">Names the owner of the machine protects; <c>*</c> stands for anything, <c>?</c> for one character.</param>
internal sealed record ProtectedBranches(string BaseRef, string DefaultBranch, IReadOnlyList<string> Patterns)
{
    /// <summary>Whether a branch is one of them.</summary>
    public bool Contains(string branch) =>
        branch is "main" or "master" || branch == BaseRef || branch == DefaultBranch
        || Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, branch, ignoreCase: false));
}
