using System.Text.Json;
using System.Text.RegularExpressions;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>
/// What the agent did to the issue and to pull requests, by its tools and by its shell (worker.md §2.6). What failed does not count, nor what
/// sub-agents did.
/// </summary>
/// <param name="tracker">Command that reaches the issue tracker.</param>
internal sealed partial class AgentDeeds(string tracker)
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1000 };

    private readonly Regex _tracker = new(
        $@"(?<![\w-]){Regex.Escape(tracker.Split(' ')[^1])}\s+(?:-\S+\s+)*(?<verb>create-comment|update-issue|create-issue)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10));

    private readonly List<(string? ToolUse, string Field)> _done = [];

    /// <summary>Whether something was done.</summary>
    /// <param name="field"><see cref="ContractField"/>.</param>
    public bool Has(string field) => _done.Exists(deed => deed.Field == field);

    /// <summary>Takes an event of the agent.</summary>
    public void Take(AgentEvent happening)
    {
        if (happening.ParentToolUseId is not null)
            return;
        if (happening is ToolUseEvent use)
            _done.AddRange(Recognise(use).Select(field => (use.ToolUseId, field)));
        else if (happening is ToolResultEvent { IsError: true, ToolUseId: { Length: > 0 } failed })
            _done.RemoveAll(deed => deed.ToolUse == failed);
    }

    private IEnumerable<string> Recognise(ToolUseEvent use)
    {
        if (use.ToolName.Contains("linear", StringComparison.OrdinalIgnoreCase))
            return OfTool(use.ToolName.ToLowerInvariant());
        return ToolCategories.Of(use.ToolName) == "shell" && use.Input is { } input ? OfShell(Command(input.Text)) : [];
    }

    private static IEnumerable<string> OfTool(string name)
    {
        if (name.Contains("comment", StringComparison.Ordinal))
            yield return ContractField.CommentPosted;
        if (name.Contains("update_issue", StringComparison.Ordinal))
            yield return ContractField.IssueUpdated;
        if (name.Contains("create_issue", StringComparison.Ordinal))
            yield return ContractField.SubIssuesCreated;
    }

    private IEnumerable<string> OfShell(string command)
    {
        foreach (Match call in _tracker.Matches(command))
            yield return call.Groups["verb"].Value switch
            {
                "create-comment" => ContractField.CommentPosted,
                "update-issue" => ContractField.IssueUpdated,
                _ => ContractField.SubIssuesCreated,
            };
        foreach (Match merge in Merge().Matches(command))
            yield return merge.Groups["more"].Value.Contains("--auto", StringComparison.Ordinal)
                ? ContractField.PullRequestMergedOrEnqueued
                : ContractField.PullRequestMerged;
    }

    // A line of shell, or its words. An input that cannot be read names no command.
    private static string Command(string input)
    {
        try
        {
            using var document = JsonDocument.Parse(input, AnyDepth);
            var command = ForeignJson.Member(document.RootElement, "command") ?? ForeignJson.Member(document.RootElement, "cmd");
            return command switch
            {
                { ValueKind: JsonValueKind.String } line => ForeignJson.Text(line),
                { ValueKind: JsonValueKind.Array } words => string.Join(
                    ' ', words.EnumerateArray().Where(static word => word.ValueKind == JsonValueKind.String).Select(ForeignJson.Text)),
                _ => "",
            };
        }
        catch (JsonException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"\bgh\s+pr\s+merge\b(?<more>[^\n;&|]*)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Merge();
}
