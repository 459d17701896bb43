using System.Text.Json.Nodes;

namespace Donmai.Worker.Providers.Amp;

/// <summary>The private settings by which <c>amp</c> is held to an execution policy (worker.md §3.6, §4.6).</summary>
internal static class AmpSettings
{
    private const string Allow = "allow";
    private const string Reject = "reject";

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["Edit"] = ["edit_file", "undo_edit"],
        ["Write"] = ["create_file"],
        ["NotebookEdit"] = ["edit_file"],
        ["Glob"] = ["glob"],
        ["Agent"] = ["Task"],
        ["WebFetch"] = ["read_web_page"],
        ["WebSearch"] = ["web_search"],
    };

    /// <summary>Whether a request needs them: it restricts something.</summary>
    public static bool AreNeededFor(AgentRequest request) =>
        request.Policy != ExecutionPolicy.Full || request.ReadsOnly || ToolPattern.Common(request.DisallowedTools).Any();

    /// <summary>Composes them: refusals first, then what is allowed, then the rest; the first rule that matches decides.</summary>
    public static byte[] Compose(AgentRequest request)
    {
        var rules = new JsonArray();
        if (request.ReadsOnly)
            Add(rules, ToolPattern.Writing, Reject);
        Add(rules, ToolPattern.Common(request.DisallowedTools), Reject);
        if (request.Policy == ExecutionPolicy.AllowList)
            Add(rules, request.AllowPatterns.Concat(request.McpServers.Select(static server => $"mcp__{server.Name}")), Allow);
        rules.Add(new JsonObject { ["tool"] = "*", ["action"] = request.Policy == ExecutionPolicy.Full ? Allow : Reject });
        return System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["amp.permissions"] = rules }.ToJsonString());
    }

    private static void Add(JsonArray rules, IEnumerable<string> patterns, string action)
    {
        foreach (var rule in patterns.Select(ToolPattern.Parse).SelectMany(pattern => Rules(pattern, action)))
            rules.Add(rule);
    }

    private static IEnumerable<JsonNode> Rules(ToolPattern pattern, string action) =>
        from name in Names.GetValueOrDefault(pattern.Tool) ?? [Servers(pattern.Tool)]
        from command in pattern.Commands
        select command == "*" ? new JsonObject { ["tool"] = name, ["action"] = action }
            : (JsonNode)new JsonObject { ["tool"] = name, ["matches"] = new JsonObject { ["cmd"] = command }, ["action"] = action };

    // A server's name stands for all of its tools.
    private static string Servers(string tool) =>
        tool.StartsWith("mcp__", StringComparison.Ordinal) && !tool.EndsWith('*') && tool.IndexOf("__", 5, StringComparison.Ordinal) < 0 ? $"{tool}__*" : tool;
}
