using System.Globalization;

namespace Donmai.Worker.Providers.Claude;

/// <summary>The argument vector of one run of <c>claude</c> (worker.md §4.2).</summary>
internal static class ClaudeArguments
{
    /// <summary>Longest system prompt that is passed as an argument, in bytes; Linux refuses one of 128 KiB.</summary>
    public const int LongestArgument = 96 * 1024;

    private static readonly string[] TrackerTools =
    [
        "create_attachment", "create_comment", "create_document", "create_issue_label", "delete_attachment", "extract_images",
        "get_attachment", "get_document", "get_issue", "get_issue_status", "get_milestone", "get_project", "get_team", "get_user",
        "list_comments", "list_cycles", "list_documents", "list_issue_labels", "list_issue_statuses", "list_issues", "list_milestones",
        "list_project_labels", "list_projects", "list_teams", "list_users", "save_issue", "save_milestone", "save_project",
        "search_documentation", "update_document",
    ];

    /// <summary>What nobody may use when nobody watches: asking, and the vendor's own connection to the tracker.</summary>
    public static IReadOnlyList<string> RefusedWhenAutonomous { get; } =
        ["AskUserQuestion", .. TrackerTools.Select(static tool => $"mcp__claude_ai_Linear__{tool}")];

    // Refused one by one where the program cannot switch all tools off.
    private static readonly string[] EveryTool =
        ["Agent", "Bash", "Edit", "Glob", "Grep", "NotebookEdit", "Read", "Task", "WebFetch", "WebSearch", "Write"];

    /// <summary>Composes the vector.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="features">What the program understands.</param>
    /// <param name="files">Files made for it.</param>
    /// <param name="resume">Provider session to continue; empty for a new one.</param>
    public static List<string> Compose(AgentRequest request, ClaudeFeatures features, ClaudeFiles files, string resume)
    {
        List<string> arguments = ["-p", "--output-format", "stream-json", "--verbose"];
        if (request.Policy == ExecutionPolicy.Full)
            arguments.Add("--dangerously-skip-permissions");
        AddSet(arguments, "--add-dir", request.WorkingDirectory);
        AddSet(arguments, "--resume", resume);
        AddSet(arguments, "--model", features.ModelOf(request));
        if (request.MaxTurns > 0)
            arguments.AddRange(["--max-turns", request.MaxTurns.ToString(CultureInfo.InvariantCulture)]);
        if (request.MaxCostUsd > 0 && features.CostLimit)
            arguments.AddRange(["--max-budget-usd", request.MaxCostUsd.ToString("0.####", CultureInfo.InvariantCulture)]);
        AddSet(arguments, "--effort", request.Effort);
        AddSet(arguments, files.SystemPromptFlag, files.SystemPromptValue);
        AddSet(arguments, "--permission-mode", PermissionMode(request, features));
        if (request.Policy == ExecutionPolicy.Deny && features.ToolSet)
            arguments.AddRange(["--tools", ""]);
        AddList(arguments, "--allowedTools", Allowed(request), request, features);
        AddList(arguments, "--disallowedTools", Disallowed(request, features), request, features);
        if (files.McpConfiguration.Length > 0)
            arguments.AddRange(["--mcp-config", files.McpConfiguration, "--strict-mcp-config"]);
        return arguments;
    }

    private static string PermissionMode(AgentRequest request, ClaudeFeatures features) => request.Policy switch
    {
        ExecutionPolicy.Full => request.Autonomous ? "bypassPermissions" : "",
        _ => features.DontAsk ? "dontAsk" : "default",
    };

    private static IEnumerable<string> Allowed(AgentRequest request) => request.Policy == ExecutionPolicy.Deny
        ? []
        : request.AllowedTools.Where(tool => !request.ReadsOnly || !ToolPattern.Writing.Contains(tool, StringComparer.Ordinal))
            .Concat(request.McpServers.Select(static server => $"mcp__{server.Name}"));

    private static IEnumerable<string> Disallowed(AgentRequest request, ClaudeFeatures features) => request.DisallowedTools
        .Concat(request.Autonomous ? RefusedWhenAutonomous : [])
        .Concat(request.ReadsOnly ? ToolPattern.Writing : [])
        .Concat(request.Policy == ExecutionPolicy.Deny && !features.ToolSet ? EveryTool : []);

    private static void AddSet(List<string> arguments, string flag, string value)
    {
        if (value.Length > 0)
            arguments.AddRange([flag, value]);
    }

    private static void AddList(List<string> arguments, string flag, IEnumerable<string> patterns, AgentRequest request, ClaudeFeatures features)
    {
        var list = patterns.Where(static pattern => pattern.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (!features.VariadicTools)
        {
            foreach (var pattern in list.Where(static pattern => pattern.Contains(',')))
                request.Host.Warn($"the tool pattern '{pattern}' contains a comma, which this version of claude cannot take; it was left out");
            list.RemoveAll(static pattern => pattern.Contains(','));
        }

        if (list.Count == 0)
            return;
        arguments.Add(flag);
        if (features.VariadicTools)
            arguments.AddRange(list);
        else
            arguments.Add(string.Join(',', list));
    }
}
