using System.Text;
using Donmai.Sessions;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Tests.Providers;

public sealed class Files_of_tool_servers
{
    [Fact, Trait("spec", "WK-85")]
    public void The_file_is_as_specified()
    {
        var file = McpConfigurationFile.Compose(
        [
            new McpServer { Name = "tracker", Type = "http", Url = "https://t.example/mcp", Headers = new Dictionary<string, string> { ["X-Key"] = "k" } },
            new McpServer
            {
                Name = "gopls-bridge", Command = "/kits/gopls-bridge", Arguments = ["--stdio"], Environment = new Dictionary<string, string> { ["GOFLAGS"] = "-mod=readonly" },
            },
            new McpServer { Name = "plain", Command = "/bin/plain" },
        ]);
        Encoding.UTF8.GetString(file).ShouldBe("""
            {
              "mcpServers": {
                "gopls-bridge": {
                  "type": "stdio",
                  "command": "/kits/gopls-bridge",
                  "args": [
                    "--stdio"
                  ],
                  "env": {
                    "GOFLAGS": "-mod=readonly"
                  }
                },
                "plain": {
                  "type": "stdio",
                  "command": "/bin/plain",
                  "args": []
                },
                "tracker": {
                  "type": "http",
                  "url": "https://t.example/mcp",
                  "headers": {
                    "X-Key": "k"
                  }
                }
              }
            }
            """);
    }

    [Theory, Trait("spec", "WK-85")]
    [InlineData("", "stdio", "/bin/a", "", "MCP server 0 has no name")]
    [InlineData("a", "stdio", "", "", "MCP server 'a' has no command")]
    [InlineData("a", "http", "", "", "MCP server 'a' has no url")]
    [InlineData("a", "carrier-pigeon", "", "", "MCP server 'a' is of the unknown type 'carrier-pigeon'")]
    public void A_server_that_cannot_be_is_named(string name, string type, string command, string url, string told) =>
        Should.Throw<AgentStartException>(() => McpConfigurationFile.Compose([new McpServer { Name = name, Type = type, Command = command, Url = url }])).Message.ShouldBe(told);

    [Fact, Trait("spec", "WK-85")]
    public void A_name_is_given_once() =>
        Should.Throw<AgentStartException>(() => McpConfigurationFile.Compose([new McpServer { Name = "a", Command = "b" }, new McpServer { Name = "a", Command = "c" }]));

    [Theory, Trait("spec", "WK-85")]
    [InlineData("""{"mcpServers":{"tracker":{"url":"https://t.example/mcp"}}}""", true)]
    [InlineData("""{"mcpServers":{}}""", false)]
    public async Task The_agent_is_given_one_private_file_only_where_there_are_servers(string configuration, bool given)
    {
        using var bench = new WorkerBench();
        bench.Agent.Options("""f=$(echo "$@" | sed -n 's/.*--mcp-config \([^ ]*\).*/\1/p'); [ -n "$f" ] && { cp "$f" "$d/mcp.json"; stat -c %a "$f" > "$d/mcp.mode"; echo "$f" > "$d/mcp.path"; }""");
        bench.Agent.Play(Claude_fixture.Init, Claude_fixture.Success);
        bench.Detail = bench.Detail with { ResolvedProfile = new ResolvedProfile { Provider = "claude", ProviderConfig = new JsonText(configuration) } };
        (await bench.Run()).ShouldBe(0);
        bench.Agent.Arguments().Contains("--mcp-config").ShouldBe(given);
        bench.Agent.Has("mcp.json").ShouldBe(given);
        if (!given)
            return;
        File.ReadAllText(Path.Combine(bench.Agent.Directory, "mcp.mode")).ShouldBe("600\n");
        File.ReadAllText(Path.Combine(bench.Agent.Directory, "mcp.json")).ShouldContain("\"type\": \"http\"");
        var path = File.ReadAllText(Path.Combine(bench.Agent.Directory, "mcp.path")).Trim();
        path.ShouldStartWith(bench.Record);
        File.Exists(path).ShouldBeFalse();
    }
}
