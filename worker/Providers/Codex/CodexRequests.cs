using System.Text.Json;

namespace Donmai.Worker.Providers.Codex;

/// <summary>Composes what the app server is asked for (worker.md §4.3.2, §3.6).</summary>
/// <param name="request">What to start.</param>
/// <param name="model">The model to ask for.</param>
internal sealed class CodexRequests(AgentRequest request, string model)
{
    private const string ServiceName = "donmai";
    private const string ReadOnly = "read-only";
    private const string WorkspaceWrite = "workspace-write";
    private const string FullAccess = "danger-full-access";

    /// <summary>How the server spells its settings.</summary>
    public CodexWords Words { get; } = new();

    private string Approvals => request.Policy switch
    {
        ExecutionPolicy.Full => "never",
        _ => request.Autonomous ? "on-request" : "untrusted",
    };

    // The network can only be kept from an agent that is in a sandbox.
    private string Sandbox => request.Policy == ExecutionPolicy.Deny || request.ReadsOnly ? ReadOnly
        : request.Policy == ExecutionPolicy.Full && request.MayUseNetwork ? FullAccess
        : WorkspaceWrite;

    /// <summary>Members of <c>initialize</c>.</summary>
    /// <param name="version">Version of this program.</param>
    public static Action<Utf8JsonWriter> Initialize(string version) => writer =>
    {
        writer.WriteStartObject("clientInfo");
        writer.WriteString("name", ServiceName);
        writer.WriteString("title", "Donmai");
        writer.WriteString("version", version);
        writer.WriteEndObject();
        writer.WriteStartObject("capabilities");
        writer.WriteBoolean("experimentalApi", true);
        writer.WriteEndObject();
    };

    /// <summary>Those of some tool servers that codex can talk to: what it starts, and what speaks HTTP.</summary>
    public static IEnumerable<McpServer> Reachable(IEnumerable<McpServer> servers) => servers.Where(static server => server.IsStarted || server.Type == "http");

    /// <summary>Members of <c>thread/start</c>.</summary>
    public void StartThread(Utf8JsonWriter writer) => Thread(writer);

    /// <summary>Members of <c>thread/resume</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="threadId">The thread.</param>
    public void ResumeThread(Utf8JsonWriter writer, string threadId)
    {
        writer.WriteString("threadId", threadId);
        Thread(writer);
        writer.WriteString("personality", "pragmatic");
    }

    /// <summary>Members of <c>turn/start</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="threadId">The thread.</param>
    /// <param name="prompt">The user's message.</param>
    public void StartTurn(Utf8JsonWriter writer, string threadId, string prompt)
    {
        writer.WriteString("threadId", threadId);
        Input(writer, prompt);
        writer.WriteString("cwd", request.WorkingDirectory);
        writer.WriteString("approvalPolicy", Words.TurnApprovals(Approvals));
        writer.WriteString("model", model);
        if (request.Effort.Length > 0)
            writer.WriteString("effort", request.Effort);
        SandboxPolicy(writer);
    }

    /// <summary>Members of <c>turn/steer</c>.</summary>
    public static Action<Utf8JsonWriter> Steer(string threadId, string text, string turnId) => writer =>
    {
        writer.WriteString("threadId", threadId);
        Input(writer, text);
        writer.WriteString("expectedTurnId", turnId);
    };

    /// <summary>Members of <c>turn/interrupt</c>.</summary>
    public static Action<Utf8JsonWriter> Interrupt(string threadId, string turnId) => writer =>
    {
        writer.WriteString("threadId", threadId);
        writer.WriteString("turnId", turnId);
    };

    private static void Input(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartArray("input");
        writer.WriteStartObject();
        writer.WriteString("type", "text");
        writer.WriteString("text", text);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private void Thread(Utf8JsonWriter writer)
    {
        writer.WriteString("cwd", request.WorkingDirectory);
        writer.WriteString("approvalPolicy", Words.Approvals(Approvals));
        writer.WriteString("serviceName", ServiceName);
        writer.WriteString("model", model);
        if (request.SystemPrompt.Length > 0)
            writer.WriteString("baseInstructions", request.SystemPrompt);
        writer.WriteString("sandbox", Words.Sandbox(Sandbox));
        Configuration(writer);
    }

    // What holds for this thread alone; the user's own configuration is never written to.
    private void Configuration(Utf8JsonWriter writer)
    {
        var window = request.Configuration.Number(UnhonouredFields.ContextWindow) ?? 0;
        List<McpServer> servers = [.. Reachable(request.McpServers).OrderBy(static server => server.Name, StringComparer.Ordinal)];
        if (servers.Count == 0 && window == 0)
            return;
        writer.WriteStartObject("config");
        if (window > 0)
            writer.WriteNumber("model_context_window", window);
        if (servers.Count > 0)
            ToolServers(writer, servers);
        writer.WriteEndObject();
    }

    private static void ToolServers(Utf8JsonWriter writer, List<McpServer> servers)
    {
        writer.WriteStartObject("mcp_servers");
        foreach (var server in servers)
        {
            writer.WriteStartObject(server.Name);
            if (server.IsStarted)
                Program(writer, server);
            else
                Address(writer, server);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Program(Utf8JsonWriter writer, McpServer server)
    {
        writer.WriteString("command", server.Command);
        writer.WriteStartArray("args");
        foreach (var argument in server.Arguments)
            writer.WriteStringValue(argument);
        writer.WriteEndArray();
        Texts(writer, "env", server.Environment);
    }

    private static void Address(Utf8JsonWriter writer, McpServer server)
    {
        writer.WriteString("url", server.Url);
        Texts(writer, "http_headers", server.Headers);
    }

    private static void Texts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count == 0)
            return;
        writer.WriteStartObject(name);
        foreach (var (key, value) in texts.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private void SandboxPolicy(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("sandboxPolicy");
        writer.WriteString("type", Words.SandboxPolicy(Sandbox));
        if (Sandbox == WorkspaceWrite)
        {
            writer.WriteStartArray("writableRoots");
            writer.WriteStringValue(request.WorkingDirectory);
            writer.WriteEndArray();
        }

        if (Sandbox != FullAccess)
            writer.WriteBoolean("networkAccess", request.MayUseNetwork);
        writer.WriteEndObject();
    }
}
