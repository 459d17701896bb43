using Donmai.Core.Sessions.Templates;
using Donmai.Worker.Prompts;
using Donmai.Worker.Providers;
using Donmai.Worker.Providers.Claude;

namespace Donmai.Worker.Sessions;

/// <summary>Composes the spawn request from the work order (worker.md §3.5, §3.6, §7.2).</summary>
internal static class AgentRequests
{
    private static readonly string[] DefaultTools =
    [
        "Bash(pnpm:*)", "Bash(git:*)", "Bash(gh:*)", "Bash(go:*)", "Bash(make:*)", "Bash(node:*)", "Edit", "Write", "Read", "Grep", "Glob", "Task",
        "Bash(dotnet:*)", "Bash(npm:*)", "Bash(npx:*)", "Bash(cargo:*)", "Bash(python3:*)", "Bash(pytest:*)", "Agent",
    ];

    private static readonly string[] RefusedTools = ["AskUserQuestion", "mcp__claude_ai_Linear__*"];

    /// <summary>Composes it. What the provider cannot honour becomes a warning, never silence.</summary>
    /// <param name="session">The session.</param>
    /// <param name="provider">The agent's provider.</param>
    /// <param name="facts">What the prompts are made of.</param>
    /// <param name="workspace">The work tree, or the directory in its place.</param>
    /// <param name="environment">The agent's environment.</param>
    /// <param name="host">Receives warnings.</param>
    /// <exception cref="SessionFailureException">There is nothing to say, or the directory lies outside the work tree.</exception>
    public static AgentRequest Compose(
        SessionContext session, IAgentProvider provider, PromptFacts facts, string workspace, SortedDictionary<string, string> environment, IAgentHost host)
    {
        var order = session.Order;
        var can = provider.Capabilities;
        var system = SystemText(session, facts);
        var policy = Policy(session.Variables);
        LimitOutput(order, provider, environment);
        var servers = ToolServers.For(provider, order.Configuration, session.Redaction, host);
        if (order.Effort.Length > 0 && !can.SupportsReasoningEffort)
            host.Warn($"{provider.Name} does not take an effort; '{order.Effort}' was left out");
        if (order.CredentialId.Length > 0)
            host.Warn($"this machine has no credential '{order.CredentialId}'; {provider.Name} uses its own");
        return new AgentRequest
        {
            Prompt = User(facts),
            WorkingDirectory = WorkingDirectory(session, workspace),
            Environment = environment,
            Host = host,
            SystemPrompt = system.Text,
            ReplacesSystemPrompt = system.Replaces,
            Policy = policy,
            ReadsOnly = session.ReadsOnly,
            MayUseNetwork = session.Variables.Text("DONMAI_NETWORK_ENABLED")?.ToLowerInvariant() is not ("false" or "0"),
            AllowPatterns = policy == ExecutionPolicy.AllowList ? AllowedTools(session.Variables, facts.Override) : [],
            AllowedTools = can.AcceptsAllowedToolsList ? AllowedTools(session.Variables, facts.Override) : [],
            DisallowedTools = [.. RefusedTools.Concat(order.Detail.DisallowedTools ?? []).Concat(facts.Refusals).Concat(facts.Override?.Template.Disallow ?? []).Distinct(StringComparer.Ordinal)],
            McpServers = servers,
            MaxTurns = order.Configuration.Number("maxTurns") is > 0 and var turns ? turns : order.Detail.StageBudget?.MaxTurns ?? 0,
            MaxCostUsd = order.Detail.StageBudget?.MaxCostUsd ?? 0,
            Model = order.Model,
            KeepsRaw = order.Detail.LogRaw,
            Effort = can.SupportsReasoningEffort ? order.Effort : "",
            Configuration = order.Configuration,
        };
    }

    private static string User(PromptFacts facts)
    {
        try
        {
            return UserPrompt.Render(facts);
        }
        catch (PromptTemplateException wrong)
        {
            throw new SessionFailureException(FailureMode.PromptRender, wrong.Message);
        }
    }

    private static (string Text, bool Replaces) SystemText(SessionContext session, PromptFacts facts)
    {
        if (session.Order.Detail.SystemPromptOverride is { } ordered && !string.IsNullOrWhiteSpace(ordered))
            return (ordered.Trim(), false);
        var own = session.Variables.Text("DONMAI_AGENT_SYSTEM_PROMPT") ?? "";
        return own.Length > 0 && session.Variables.Text("DONMAI_AGENT_SYSTEM_PROMPT_MODE") == "replace"
            ? (own, true)
            : (Prompts.SystemPrompt.Render(facts with { RepositoryInstructions = own }), false);
    }

    private static string WorkingDirectory(SessionContext session, string workspace)
    {
        if (session.Variables.Text("DONMAI_AGENT_WORKSPACE_DIR") is not { } wanted)
            return workspace;
        var directory = Path.GetFullPath(wanted, workspace);
        if (directory != workspace && !directory.StartsWith(workspace + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new SessionFailureException(FailureMode.SpawnFailed, $"the working directory '{wanted}' lies outside the work tree");
        Directory.CreateDirectory(directory);
        return directory;
    }

    private static ExecutionPolicy Policy(WorkerVariables variables) => variables.Text("DONMAI_EXEC_SECURITY")?.ToLowerInvariant() switch
    {
        "allowlist" => ExecutionPolicy.AllowList,
        "deny" => ExecutionPolicy.Deny,
        _ => ExecutionPolicy.Full,
    };

    // A template only narrows.
    private static string[] AllowedTools(WorkerVariables variables, PromptOverride? template)
    {
        var tools = variables.Text("DONMAI_AGENT_CONFIG_ALLOWED_TOOLS") is { } list
            ? [.. list.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static tool => tool.Trim('"'))]
            : DefaultTools;
        if (template is not { Template.Allow: { Count: > 0 } allow })
            return tools;
        string[] narrowed = [.. tools.Intersect(allow, StringComparer.Ordinal)];
        return narrowed.Length > 0 ? narrowed
            : throw new SessionFailureException(FailureMode.PromptRender, $"{template.File}: none of the tools it allows may be used; it can only narrow");
    }

    // The output limit of a provider that takes it from its environment (worker.md §3.5).
    private static void LimitOutput(WorkOrder order, IAgentProvider provider, SortedDictionary<string, string> environment)
    {
        if (provider.Name == ClaudeProvider.ProviderName && order.Configuration.Number("maxOutputTokens") is > 0 and var output)
            environment["CLAUDE_CODE_MAX_OUTPUT_TOKENS"] = output.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
