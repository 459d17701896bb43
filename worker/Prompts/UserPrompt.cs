using System.Globalization;
using Donmai.Sessions;
using Donmai.Worker.Sessions;

namespace Donmai.Worker.Prompts;

/// <summary>The first message to the agent (worker.md §7.2, §7.4).</summary>
internal static class UserPrompt
{
    private const char NeedsIssue = '†';

    /// <summary>Renders it; the same facts always give the same text.</summary>
    /// <exception cref="SessionFailureException">There is nothing to say (<c>prompt-render</c>).</exception>
    public static string Render(PromptFacts facts)
    {
        Check(facts.Detail);
        var prompt = string.IsNullOrWhiteSpace(facts.Detail.StagePrompt) ? Work(facts) : Stage(facts.Detail);
        return string.IsNullOrWhiteSpace(facts.Detail.MemoryBlock) ? prompt : $"{SessionInbox.ContextHeading}\n{facts.Detail.MemoryBlock.ReplaceLineEndings("\n").Trim()}\n\n{prompt}";
    }

    /// <summary>Makes sure that there is something to say.</summary>
    /// <exception cref="SessionFailureException">There is not (<c>prompt-render</c>).</exception>
    public static void Check(SessionDetail detail)
    {
        string?[] sources = [detail.StagePrompt, detail.PromptContext, detail.Body, detail.IssueIdentifier];
        if (sources.All(string.IsNullOrWhiteSpace))
            throw new SessionFailureException(FailureMode.PromptRender, "there is nothing to say to the agent: no prompt, no body, no issue");
    }

    private static string Work(PromptFacts facts)
    {
        if (facts.Override is { } replacement)
            return replacement.Render(Values(facts));
        var work = WorkInstructions.For(facts);
        var steps = work.Steps
            .Where(step => facts.HasIssue || step[0] != NeedsIssue)
            .Select(step => Fill(step.TrimStart(NeedsIssue), facts));
        return PromptBlocks.Join(
            Fill(work.FirstSentence, facts),
            PromptBlocks.Headed(work.Subject, Context(facts.Detail)),
            PromptBlocks.Headed("Parent issue context", facts.Detail.ParentContext),
            PromptBlocks.Headed("Mention context", facts.Detail.MentionContext),
            $"# What to do\n\n{PromptBlocks.Numbered(steps)}\n\n{work.Closing}");
    }

    private static string Context(SessionDetail detail)
    {
        if (!string.IsNullOrWhiteSpace(detail.PromptContext))
            return detail.PromptContext;
        var identifier = detail.IssueIdentifier?.Trim() ?? "";
        var title = detail.Title?.Trim() ?? "";
        var heading = (identifier, title) switch
        {
            ("", "") => null,
            (_, "") => $"Issue {identifier}",
            ("", _) => $"Issue — {title}",
            _ => $"Issue {identifier} — {title}",
        };
        return PromptBlocks.Join(heading, string.IsNullOrWhiteSpace(detail.Body) ? null : detail.Body.Trim());
    }

    private static Dictionary<string, string> Values(PromptFacts facts) => new(StringComparer.Ordinal)
    {
        ["issue"] = PromptFacts.Or(facts.Detail.IssueIdentifier, "<unidentified issue>"),
        ["theIssue"] = PromptFacts.Or(facts.Detail.IssueIdentifier, "the issue"),
        ["issueArg"] = PromptFacts.Or(facts.Detail.IssueIdentifier, "<id>"),
        ["hasIssue"] = facts.HasIssue ? "true" : "",
        ["title"] = facts.Detail.Title?.Trim() ?? "",
        ["workType"] = facts.WorkType,
        ["branch"] = facts.Branch,
        ["base"] = PromptFacts.Or(facts.BaseRef, "main"),
        ["repository"] = PromptFacts.Or(facts.Detail.Repository, "the configured remote"),
        ["tracker"] = facts.Tracker,
        ["session"] = facts.Detail.SessionId,
        ["organization"] = facts.Detail.OrganizationId?.Trim() ?? "",
        ["project"] = facts.Detail.ProjectName?.Trim() ?? "",
        ["context"] = Context(facts.Detail).Trim(),
        ["parentContext"] = facts.Detail.ParentContext?.Trim() ?? "",
        ["mentionContext"] = facts.Detail.MentionContext?.Trim() ?? "",
    };

    // One pass: what a value contains is never taken for a placeholder.
    private static string Fill(string template, PromptFacts facts)
    {
        var identifier = facts.Detail.IssueIdentifier;
        var parts = template.Split('{');
        return string.Concat(parts.Select((part, index) =>
        {
            var end = part.IndexOf('}', StringComparison.Ordinal);
            if (index == 0 || end < 0)
                return index == 0 ? part : '{' + part;
            return part[..end] switch
            {
                "issue" => PromptFacts.Or(identifier, "<unidentified issue>"),
                "theIssue" => PromptFacts.Or(identifier, "the issue"),
                "issueArg" => PromptFacts.Or(identifier, "<id>"),
                "branch" => facts.Branch,
                "base" => PromptFacts.Or(facts.BaseRef, "main"),
                "repository" => PromptFacts.Or(facts.Detail.Repository, "the configured remote"),
                _ => facts.Tracker,
            } + part[(end + 1)..];
        }));
    }

    private static string Stage(SessionDetail detail)
    {
        var prompt = detail.StagePrompt!.ReplaceLineEndings("\n").TrimEnd('\n');
        var hasId = !string.IsNullOrWhiteSpace(detail.StageId);
        if (!hasId && detail.StageBudget is null)
            return prompt;
        List<string> preamble = [];
        if (hasId)
            preamble.Add($"<stage>{Escape(detail.StageId!)}</stage>");
        if (detail.StageBudget is { } budget)
            preamble.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<stageBudget maxDurationSeconds=\"{budget.MaxDurationSeconds}\" maxSubAgents=\"{budget.MaxSubAgents}\" maxTokens=\"{budget.MaxTokens}\" />"));
        if (!string.IsNullOrWhiteSpace(detail.StageSourceEventId))
            preamble.Add($"<stageSourceEventId>{Escape(detail.StageSourceEventId)}</stageSourceEventId>");
        return $"{string.Join('\n', preamble)}\n\n{prompt}";
    }

    private static string Escape(string value) => value
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
