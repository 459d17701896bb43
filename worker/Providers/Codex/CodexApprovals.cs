using System.Text.Json;

namespace Donmai.Worker.Providers.Codex;

/// <summary>
/// Answers what the app server asks in place of a person (worker.md §4.3.5, §4.3.6 rule 10): commands and file changes by the rules, everything that
/// would widen the agent's reach with no.
/// </summary>
/// <param name="request">What the agent was started with.</param>
/// <param name="pathsOf">Paths that a file change touches, by its item; <see langword="null"/> for an item nothing is known of.</param>
internal sealed class CodexApprovals(AgentRequest request, Func<string, IReadOnlyList<string>?> pathsOf)
{
    private const string Accepted = "approval";
    private const string Denied = "approval_denied";

    private readonly CommandRules _rules = new(request);
    private readonly string _tree = RealPath.Of(request.WorkingDirectory, "/");
    private readonly DangerousCommands _dangers = new(request.WorkingDirectory, request.Environment.GetValueOrDefault("HOME") ?? "");

    /// <summary>Answers a request of the server's.</summary>
    public CodexAnswer Answer(string method, JsonElement asked) => method switch
    {
        "item/commandExecution/requestApproval" => Command(asked, "accept", "decline"),
        "execCommandApproval" => Command(asked, "approved", "denied"),
        "item/fileChange/requestApproval" => Files(pathsOf(ForeignJson.Text(asked, "itemId") ?? ""), asked, "accept", "decline"),
        "applyPatchApproval" => Files(Keys(ForeignJson.Member(asked, "fileChanges")), asked, "approved", "denied"),
        "item/permissions/requestApproval" => new CodexAnswer("""{"permissions":{},"scope":"turn"}""", Denied, "more permissions are not given"),
        "mcpServer/elicitation/request" => Elicitation(asked),
        "item/tool/requestUserInput" or "tool/requestUserInput" => new CodexAnswer("""{"answers":{}}""", Denied, "nobody is there to answer questions"),
        _ when method.Contains("pproval", StringComparison.Ordinal) => Unknown(asked),
        _ => new CodexAnswer(null, "unhandled_server_request", method),
    };

    // Requests of protocols we have not seen: what they are about shows in their parameters.
    private CodexAnswer Unknown(JsonElement asked)
    {
        if (ForeignJson.Member(asked, "command") is not null)
            return Command(asked, "accept", "decline");
        if (ForeignJson.Member(asked, "call") is { ValueKind: JsonValueKind.Object } call && ForeignJson.Member(call, "command") is not null)
            return Command(call, "accept", "decline");
        return (ForeignJson.Text(asked, "filePath") ?? ForeignJson.Text(asked, "path")) is { } path
            ? Files([path], asked, "accept", "decline")
            : Decide(request.Policy == ExecutionPolicy.Deny ? "nothing is allowed" : null, "something unknown", "accept", "decline");
    }

    private CodexAnswer Command(JsonElement asked, string yes, string no)
    {
        var (line, commands) = ForeignJson.Member(asked, "command") switch
        {
            { ValueKind: JsonValueKind.String } text => (ForeignJson.Text(text).Trim(), ShellLine.Commands(ForeignJson.Text(text))),
            { ValueKind: JsonValueKind.Array } words => Listed([.. ForeignJson.Items(words).Select(ForeignJson.Written)]),
            _ => ("", []),
        };
        var directory = RealPath.Of(ForeignJson.Text(asked, "cwd") is { Length: > 0 } given ? given : ".", _tree);
        return Decide(ReasonAgainst(asked, line, commands, directory), line.Length > 0 ? line : "a command", yes, no);
    }

    private string? ReasonAgainst(JsonElement asked, string line, List<ShellCommand> commands, string directory)
    {
        if (request.Policy == ExecutionPolicy.Deny)
            return "nothing is allowed";
        if (line.Length > 0)
            return _dangers.Reason(commands, directory) ?? _rules.Reason(line, commands);
        return ForeignJson.Member(asked, "networkApprovalContext") is { ValueKind: JsonValueKind.Object } && !request.MayUseNetwork ? "the network is not for this agent" : null;
    }

    private static (string Line, List<ShellCommand> Commands) Listed(List<string> words) => (string.Join(' ', words), ShellLine.Commands(words));

    private CodexAnswer Files(IReadOnlyList<string>? paths, JsonElement asked, string yes, string no) => Decide(
        ReasonAgainst(paths, asked), paths is { Count: > 0 } ? string.Join(", ", paths) : "a file change", yes, no);

    private string? ReasonAgainst(IReadOnlyList<string>? paths, JsonElement asked)
    {
        if (request.Policy == ExecutionPolicy.Deny || request.ReadsOnly)
            return "nothing may be changed";
        if (paths is not { Count: > 0 })
            return "it names no file";
        var root = ForeignJson.Text(asked, "grantRoot") is { Length: > 0 } granted ? [granted] : (string[])[];
        return paths.Concat(root).Select(ReasonAgainst).FirstOrDefault(static reason => reason is not null) ?? _rules.ReasonForFiles();
    }

    private string? ReasonAgainst(string path)
    {
        var real = RealPath.Of(path, _tree);
        return !RealPath.IsIn(real, _tree) ? $"'{path}' lies outside of the work tree"
            : $"{real}/".Contains("/.git/", StringComparison.Ordinal) ? $"'{path}' belongs to git"
            : null;
    }

    // Calls of tools are asked for as questions of their server; those of this session's own servers are what it was given them for.
    private CodexAnswer Elicitation(JsonElement asked)
    {
        var server = ForeignJson.Text(asked, "serverName") ?? "";
        var about = ForeignJson.Member(asked, "_meta") ?? ForeignJson.Member(asked, "meta") ?? default;
        var isCall = ForeignJson.Text(about, "codex_approval_kind") == "mcp_tool_call";
        return isCall && request.Policy != ExecutionPolicy.Deny && request.McpServers.Any(known => known.Name == server)
            ? new CodexAnswer("""{"action":"accept","content":{}}""", Accepted, $"accepted: a tool of {server}")
            : new CodexAnswer("""{"action":"cancel"}""", "elicitation_cancelled", server.Length > 0 ? $"a question of {server}" : "a question");
    }

    private static IReadOnlyList<string> Keys(JsonElement? map) =>
        map is { ValueKind: JsonValueKind.Object } changes ? [.. changes.EnumerateObject().Select(ForeignJson.Name)] : [];

    private static CodexAnswer Decide(string? reason, string what, string yes, string no) => reason is null
        ? new CodexAnswer($$"""{"decision":"{{yes}}"}""", Accepted, $"accepted: {what}")
        : new CodexAnswer($$"""{"decision":"{{no}}"}""", Denied, $"declined, {reason}: {what}");
}
