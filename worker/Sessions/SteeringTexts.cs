namespace Donmai.Worker.Sessions;

/// <summary>What the agent is told about what is missing (worker.md §8.2).</summary>
internal static class SteeringTexts
{
    /// <summary>The connection was lost in the middle of a turn (worker.md §2.8).</summary>
    public const string Interrupted = $"The connection was lost in the middle of your work. Check what is already done, then go on.\n\n{Closing}";

    private const string Closing = "Do only this, then stop.";
    private const string Tracker = "af-linear";

    /// <summary>One text for all fields that the agent can still supply.</summary>
    /// <param name="missing"><see cref="ContractField"/>s.</param>
    /// <param name="branch">The work branch.</param>
    /// <param name="baseRef">What the work started from.</param>
    /// <returns><see langword="null"/> when there is nothing that could be asked for.</returns>
    public static string? Compose(IEnumerable<string> missing, string branch, string baseRef)
    {
        var texts = missing.Select(field => Of(field, branch, baseRef)).OfType<string>().ToList();
        return texts.Count == 0 ? null : string.Join('\n', [.. texts, "", Closing]);
    }

    private static string? Of(string field, string branch, string baseRef) => field switch
    {
        ContractField.CommitsPresent => $"Your changes are not committed yet. Commit them on `{branch}`.",
        ContractField.BranchPushed => $"The branch is not on the remote yet: `git push -u origin {branch}`.",
        ContractField.PullRequest => $"There is no pull request yet: `gh pr create --base {baseRef} --head {branch}`. Print its URL on a line of its own.",
        ContractField.WorkResult => "State the outcome: end with one line, `WORK_RESULT:passed` or `WORK_RESULT:failed`.",
        ContractField.CommentPosted => $"The issue has no comment from you yet: `{Tracker} create-comment`.",
        _ => null,
    };
}
