namespace Donmai.Worker.Providers;

/// <summary>A tool server: one the agent starts, or one it reaches by its address (worker.md §3.5, §6.2).</summary>
internal sealed record McpServer
{
    private const string Started = "stdio";

    /// <summary>Name; its tools are <c>mcp__&lt;name&gt;</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>stdio</c>, <c>http</c> or <c>sse</c>.</summary>
    public string Type { get; init; } = Started;

    /// <summary>Program of a server that is started.</summary>
    public string Command { get; init; } = "";

    /// <summary>Address of a server that is reached.</summary>
    public string Url { get; init; } = "";

    /// <summary>Headers of requests to it; secrets.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the agent starts it.</summary>
    public bool IsStarted => Type == Started;

    /// <summary>Arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Additional environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
