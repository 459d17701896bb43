using System.Text.Json;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>The tool servers of a session, as far as its provider takes them (worker.md §3.3, §6.2).</summary>
internal static class ToolServers
{
    // The others take only servers that they start.
    private static readonly string[] ReachAddresses = ["claude", "amp", "opencode"];

    /// <summary>Chooses them. What the provider does not take becomes a warning.</summary>
    public static List<McpServer> For(IAgentProvider provider, ProviderConfiguration configuration, Redaction redaction, IAgentHost host)
    {
        var servers = Configured(configuration);
        foreach (var server in servers)
        {
            redaction.AddFrom(server.Environment);
            redaction.Add(server.Headers.Values);
        }

        if (servers.Count > 0 && provider.Capabilities is not { SupportsToolPlugins: true, AcceptsMcpServerSpec: true })
        {
            host.Warn($"{provider.Name} takes no MCP servers; {servers.Count} were left out");
            return [];
        }

        if (ReachAddresses.Contains(provider.Name, StringComparer.Ordinal))
            return servers;
        foreach (var server in servers.Where(static server => !server.IsStarted))
            host.Warn($"{provider.Name} takes only MCP servers that it starts; '{server.Name}' was left out");
        return servers.FindAll(static server => server.IsStarted);
    }

    private static List<McpServer> Configured(ProviderConfiguration configuration) =>
        configuration.Value("mcpServers") is not { ValueKind: JsonValueKind.Object } servers ? [] :
        [
            .. servers.EnumerateObject().Select(static server => new McpServer
            {
                Name = server.Name,
                Type = ForeignJson.Text(server.Value, "type") ?? (ForeignJson.Text(server.Value, "url") is null ? "stdio" : "http"),
                Command = ForeignJson.Text(server.Value, "command") ?? "",
                Arguments = [.. ForeignJson.Items(ForeignJson.Member(server.Value, "args")).Select(static item => item.ToString())],
                Environment = Texts(server.Value, "env"),
                Url = ForeignJson.Text(server.Value, "url") ?? "",
                Headers = Texts(server.Value, "headers"),
            }),
        ];

    private static Dictionary<string, string> Texts(JsonElement server, string name) =>
        ForeignJson.Member(server, name) is { ValueKind: JsonValueKind.Object } texts
            ? texts.EnumerateObject().GroupBy(static item => item.Name, StringComparer.Ordinal)
                .ToDictionary(static group => group.Key, static group => group.Last().Value.ToString(), StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
}
