namespace Donmai.Worker.Providers;

/// <summary>A tool server the agent starts (worker.md §3.5, §6.2).</summary>
internal sealed record McpServer
{
    /// <summary>Name; its tools are <c>mcp__&lt;name&gt;</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Program.</summary>
    public required string Command { get; init; }

    /// <summary>Arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Additional environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
