using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>
/// What <c>opencode</c> is configured with for one session, beside its user's own configuration: instructions, permissions, tool servers
/// (worker.md §3.6, §4.5). It is given in a variable, so that no file of the user's changes.
/// </summary>
internal static class OpencodeConfiguration
{
    /// <summary>The variable that carries it.</summary>
    public const string Variable = "OPENCODE_CONFIG_CONTENT";

    /// <summary>Agent that is defined when the provider's own system prompt is to be replaced.</summary>
    public const string AgentName = "donmai";

    /// <summary>Longest system prompt that may stand in the variable, in bytes; Linux refuses one of 128 KiB.</summary>
    private const int LongestPrompt = 64 * 1024;

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["Bash"] = ["bash"],
        ["Edit"] = ["edit"],
        ["Write"] = ["edit"],
        ["NotebookEdit"] = ["edit"],
        ["Read"] = ["read", "list"],
        ["Grep"] = ["grep"],
        ["Glob"] = ["glob", "list"],
        ["Task"] = ["task"],
        ["Agent"] = ["task"],
        ["WebFetch"] = ["webfetch"],
        ["WebSearch"] = ["websearch"],
    };

    private static readonly JsonDocumentOptions OneOfEach = new() { AllowDuplicateProperties = false };

    // Each by its name, because older versions do not know the rule for all.
    private static readonly string[] Permissions = ["*", "bash", "edit", "webfetch"];

    /// <summary>Whether the system prompt of a request replaces the provider's own.</summary>
    public static bool DefinesAgent(AgentRequest request) =>
        request.ReplacesSystemPrompt && request.SystemPrompt.Length > 0 && Encoding.UTF8.GetByteCount(request.SystemPrompt) <= LongestPrompt;

    /// <summary>Composes it on top of what the user's own variable says.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="instructions">File with the system prompt that is added to the provider's own; empty for none.</param>
    /// <param name="approval">What becomes of a use of a tool that nothing is said about.</param>
    /// <exception cref="AgentStartException">A tool server is incomplete.</exception>
    public static string Compose(AgentRequest request, string instructions, OpencodeApproval approval)
    {
        var configuration = Own(request);
        if (instructions.Length > 0)
            configuration["instructions"] = new JsonArray([.. Existing(configuration, "instructions"), instructions]);
        if (DefinesAgent(request))
            configuration["agent"] = new JsonObject { [AgentName] = new JsonObject { ["mode"] = "primary", ["prompt"] = request.SystemPrompt } };
        if (request.McpServers.Count > 0)
            configuration["mcp"] = Servers(request.McpServers);
        if (Permission(request, approval) is { Count: > 0 } permission)
            configuration["permission"] = permission;
        return configuration.ToJsonString();
    }

    private static JsonObject Own(AgentRequest request)
    {
        try
        {
            return JsonNode.Parse(request.Environment.GetValueOrDefault(Variable) is { Length: > 0 } text ? text : "{}", documentOptions: OneOfEach) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            request.Host.Warn($"{Variable} of the environment is no JSON object; it was left out");
            return [];
        }
    }

    private static IEnumerable<JsonNode?> Existing(JsonObject configuration, string member) =>
        configuration[member] is JsonArray list ? list.Select(static item => item?.DeepClone()) : [];

    private static JsonObject Servers(IReadOnlyList<McpServer> servers)
    {
        McpConfigurationFile.Check(servers);
        var section = new JsonObject();
        foreach (var server in servers)
        {
            var entry = server.IsStarted
                ? new JsonObject
                {
                    ["type"] = "local",
                    ["command"] = new JsonArray([server.Command, .. server.Arguments.Select(static argument => JsonValue.Create(argument))]),
                }
                : new JsonObject { ["type"] = "remote", ["url"] = server.Url };
            entry["enabled"] = true;
            if (server.Environment.Count > 0)
                entry["environment"] = Texts(server.Environment);
            if (server.Headers.Count > 0)
                entry["headers"] = Texts(server.Headers);
            section[server.Name] = entry;
        }

        return section;
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> pairs) =>
        new(pairs.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    // Later rules win within a permission, so what is refused comes last.
    private static JsonObject Permission(AgentRequest request, OpencodeApproval approval)
    {
        var permission = new JsonObject();
        var otherwise = approval == OpencodeApproval.Asked ? "ask" : "deny";
        var start = request.Policy switch { ExecutionPolicy.Full => "allow", ExecutionPolicy.Deny => "deny", _ => otherwise };
        if (request.Policy != ExecutionPolicy.Full || approval == OpencodeApproval.None)
            foreach (var name in Permissions)
                permission[name] = start;
        if (request.Policy == ExecutionPolicy.AllowList)
            Set(permission, request.AllowPatterns.Concat(request.McpServers.Select(static server => $"mcp__{server.Name}")), "allow", otherwise);
        Set(permission, ToolPattern.Common(request.DisallowedTools), "deny", start);
        if (request.ReadsOnly)
            permission["edit"] = "deny";
        return permission;
    }

    private static void Set(JsonObject permission, IEnumerable<string> patterns, string action, string otherwise)
    {
        foreach (var pattern in patterns.Select(ToolPattern.Parse))
            foreach (var name in Names.GetValueOrDefault(pattern.Tool) ?? [Named(pattern.Tool)])
                foreach (var command in pattern.Commands)
                    SetOne(permission, name, command, action, otherwise);
    }

    private static void SetOne(JsonObject permission, string name, string command, string action, string otherwise)
    {
        if (command == "*")
        {
            permission[name] = action;
            return;
        }

        if (permission[name] is not JsonObject rules)
            permission[name] = rules = new JsonObject { ["*"] = (permission[name] as JsonValue)?.ToString() ?? otherwise };
        rules.Remove(command);
        rules[command] = action;
    }

    // Tools of a server are called <server>_<tool>.
    private static string Named(string tool) =>
        tool.StartsWith("mcp__", StringComparison.Ordinal) ? $"{tool["mcp__".Length..].Replace("__", "_", StringComparison.Ordinal).TrimEnd('*', '_')}_*" : tool;
}
