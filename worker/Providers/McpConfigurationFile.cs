using System.Text.Json;

namespace Donmai.Worker.Providers;

/// <summary>The file that names an agent's tool servers (worker.md §6.2): indented by two, keys sorted.</summary>
internal static class McpConfigurationFile
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true };

    /// <summary>Composes it.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="bare">Whether the agent wants the servers by name without <c>mcpServers</c> around them.</param>
    /// <exception cref="AgentStartException">A server has no name or no command, or a name occurs twice.</exception>
    public static byte[] Compose(IReadOnlyList<McpServer> servers, bool bare = false)
    {
        Check(servers);
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Layout))
        {
            writer.WriteStartObject();
            if (!bare)
                writer.WriteStartObject("mcpServers");
            foreach (var server in servers.OrderBy(static server => server.Name, StringComparer.Ordinal))
                Write(writer, server);
            if (!bare)
                writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return content.ToArray();
    }

    /// <summary>Checks that each server has a name of its own and a command.</summary>
    /// <exception cref="AgentStartException">One has not.</exception>
    public static void Check(IReadOnlyList<McpServer> servers)
    {
        for (var index = 0; index < servers.Count; index++)
        {
            if (servers[index].Name.Length == 0)
                throw new AgentStartException($"MCP server {index} has no name");
            if (servers[index] is { Type: not ("stdio" or "http" or "sse") } odd)
                throw new AgentStartException($"MCP server '{odd.Name}' is of the unknown type '{odd.Type}'");
            if (servers[index] is { IsStarted: true, Command.Length: 0 })
                throw new AgentStartException($"MCP server '{servers[index].Name}' has no command");
            if (servers[index] is { IsStarted: false, Url.Length: 0 })
                throw new AgentStartException($"MCP server '{servers[index].Name}' has no url");
        }

        if (servers.GroupBy(static server => server.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            throw new AgentStartException($"MCP server '{twice.Key}' is given twice");
    }

    private static void Write(Utf8JsonWriter writer, McpServer server)
    {
        writer.WriteStartObject(server.Name);
        writer.WriteString("type", server.Type);
        if (server.IsStarted)
            WriteProgram(writer, server);
        else
            WriteAddress(writer, server);
        writer.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter writer, McpServer server)
    {
        writer.WriteString("url", server.Url);
        WriteTexts(writer, "headers", server.Headers);
    }

    private static void WriteProgram(Utf8JsonWriter writer, McpServer server)
    {
        writer.WriteString("command", server.Command);
        writer.WriteStartArray("args");
        foreach (var argument in server.Arguments)
            writer.WriteStringValue(argument);
        writer.WriteEndArray();
        WriteTexts(writer, "env", server.Environment);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count == 0)
            return;
        writer.WriteStartObject(name);
        foreach (var (key, value) in texts.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}
