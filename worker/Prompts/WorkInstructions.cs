using Donmai.Core.Git;

namespace Donmai.Worker.Prompts;

/// <summary>What a group of work types is told to do (worker.md §7.2). Placeholders stand in braces; a leading † marks steps that need an issue.</summary>
/// <param name="FirstSentence">Opens the prompt.</param>
/// <param name="Steps">Numbered steps.</param>
/// <param name="Closing">Closes the prompt.</param>
/// <param name="Group">Name of the group, under which templates replace its text.</param>
internal sealed record WorkInstructions(string FirstSentence, IReadOnlyList<string> Steps, string Closing, string Group)
{
    private const string Leave = "Leave the work tree in place.";
    private const string OnlyRead = "Do not change code. Leave the work tree in place.";
    private const string OnlyWords = "Write no code, push no branch, open no pull request. Leave the work tree in place.";
    private const string ShortSummary = "Stop with a short summary.";

    private static readonly WorkInstructions Development = new(
        "Implement {issue}.",
        [
            "Make the change the issue asks for.",
            "Run tests, type checks and linters of the project; repair what you broke.",
            "Commit on `{branch}`.",
            "Push it: `git push -u origin {branch}`.",
            "Open a pull request against `{base}` of {repository}: `gh pr create --base {base} --head {branch}`.",
            "†Put the link of the pull request into a comment on {theIssue} (`{tracker} create-comment`).",
            Marker("the change is complete, the checks are green and the pull request is open"),
        ],
        Leave,
        "development");

    // A repository of this machine has nobody who would open, read or merge a pull request: the user takes the branch over.
    private static readonly WorkInstructions LocalTask = new(
        "Do the task below.",
        [
            "Do what the task asks for.",
            "If you changed something: run tests, type checks and linters of the project; repair what you broke.",
            "Commit what you changed on `{branch}`. Do not push it.",
            Marker("the task is done and the checks are green"),
        ],
        Leave,
        "task")
    {
        Subject = "Task",
    };

    // Without a work tree there is nothing to change and nothing to leave.
    private static readonly WorkInstructions Answer = new(
        "Do the task below.",
        [
            "Do what the task asks for. There is no work tree: the directory you are in is empty and is thrown away afterwards.",
            Marker("the task is done"),
        ],
        "What is not in your last message is lost.",
        "task")
    {
        Subject = "Task",
    };

    private static readonly WorkInstructions Qa = new(
        "Check the work done for {issue}.",
        [
            "Collect the acceptance criteria from the issue.",
            "Find the branch or pull request that implements {theIssue} and read it.",
            "Run tests, type checks and linters of the project and note what fails.",
            "Judge strictly against the criteria.",
            "†Write what you checked and your verdict as a comment on {theIssue} (`{tracker} create-comment`).",
            Marker("every criterion holds and nothing regressed"),
        ],
        OnlyRead,
        "qa");

    private static readonly WorkInstructions Acceptance = new(
        "Decide whether {issue} can be accepted.",
        [
            "Read the issue, its comments and the open pull request.",
            "Confirm that the checks of the pull request are green and that its quality check passed.",
            "Merge the pull request, or put it into the merge queue if the repository has one.",
            "†Write your decision as a comment on {theIssue} (`{tracker} create-comment`).",
            Marker("the pull request was merged or queued"),
        ],
        OnlyRead,
        "acceptance");

    private static readonly WorkInstructions Research = new(
        "Prepare {issue} for implementation.",
        [
            "Work out what is needed, how it can be done and where the limits are.",
            "Estimate the effort and list what the change touches.",
            "†Rewrite the description of {theIssue} (`{tracker} update-issue {issueArg} --description-file <file>`) with acceptance criteria, "
                + "technical context and affected files.",
            ShortSummary,
        ],
        OnlyWords,
        "research");

    private static readonly WorkInstructions Refinement = new(
        "Find out why {issue} was rejected.",
        [
            "Read the rejection, the comments and the pull request.",
            "Name the causes and what must change.",
            "†Write this as a comment on {theIssue} (`{tracker} create-comment`); adjust its description if the criteria were unclear.",
            ShortSummary,
        ],
        OnlyWords,
        "refinement");

    private static readonly WorkInstructions Coordination = new(
        "Coordinate the parts of {issue}.",
        [
            "List the sub-issues and their state.",
            "Delegate open parts to sub-agents, one part each, and wait for them.",
            "Check that the parts fit together.",
            "†Write the state of every part as a comment on {theIssue} (`{tracker} create-comment`).",
            Marker("every part is done"),
        ],
        Leave,
        "coordination");

    private static readonly WorkInstructions Backlog = new(
        "Break {issue} down for the backlog.",
        [
            "Find separate, deliverable pieces of work.",
            "†Create one sub-issue of {theIssue} per piece, or bring existing ones up to date, with acceptance criteria (`{tracker} create-issue`).",
            "Stop with a list of what you created or changed.",
        ],
        OnlyWords,
        "backlog");

    private static readonly WorkInstructions Merge = new(
        "Land the pull request of {issue}.",
        [
            "Bring the branch up to date with its base and resolve conflicts.",
            "Run the checks of the project.",
            "Merge the pull request.",
            Marker("the pull request was merged"),
        ],
        Leave,
        "merge");

    private static readonly WorkInstructions Report = new(
        "Carry out the review described in {issue}.",
        [
            "Gather the facts the issue asks for.",
            "Rate each finding and name the place it was found.",
            "†Write the findings as a comment on {theIssue} (`{tracker} create-comment`).",
            ShortSummary,
        ],
        OnlyWords,
        "report");

    /// <summary>Heading of what the work is about.</summary>
    public string Subject { get; private init; } = "Issue context";

    /// <summary>Names of the groups.</summary>
    public static IReadOnlyList<string> Groups { get; } =
        ["development", "task", "qa", "acceptance", "research", "refinement", "coordination", "backlog", "merge", "report"];

    /// <summary>
    /// The instructions of a work type; unknown ones get those of development. Development without an issue in a repository of this machine is
    /// a task of its user.
    /// </summary>
    public static WorkInstructions For(PromptFacts facts)
    {
        var work = For(facts.WorkType);
        if (!facts.HasWorktree && work == Development)
            return Answer;
        return work == Development && !facts.HasIssue && GitRepositoryAddress.IsOfThisMachine(facts.Detail.Repository ?? "") ? LocalTask : work;
    }

    /// <summary>The group of a work type.</summary>
    public static string GroupOf(string workType) => For(workType).Group;

    private static WorkInstructions For(string workType) => workType switch
    {
        "qa" => Qa,
        "acceptance" => Acceptance,
        "research" => Research,
        "refinement" or "refinement-coordination" => Refinement,
        "coordination" or "inflight-coordination" => Coordination,
        "backlog-creation" or "backlog-groomer" => Backlog,
        "merge" => Merge,
        "security" or "improvement-loop" or "outcome-auditor" or "ga-readiness" or "documentation-steward" => Report,
        _ when workType.StartsWith("operational-scanner-", StringComparison.Ordinal) => Report,
        _ => Development,
    };

    private static string Marker(string condition) =>
        $"End your last message with exactly one line, `WORK_RESULT:passed` or `WORK_RESULT:failed`. `passed` only if {condition}.";
}
