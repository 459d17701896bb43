namespace Donmai.Worker.Providers;

/// <summary>What the session hands to an adapter to start an agent (worker.md §3.5).</summary>
internal sealed record AgentRequest
{
    /// <summary>First user message.</summary>
    public required string Prompt { get; init; }

    /// <summary>Directory the agent works in.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The agent's complete environment (worker.md §6.1); nothing is added.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The worker's side: private directory, processes, warnings.</summary>
    public required IAgentHost Host { get; init; }

    /// <summary>Text added to the provider's own system prompt.</summary>
    public string SystemPrompt { get; init; } = "";

    /// <summary><see cref="SystemPrompt"/> replaces the provider's own instead.</summary>
    public bool ReplacesSystemPrompt { get; init; }

    /// <summary>Nobody answers questions.</summary>
    public bool Autonomous { get; init; } = true;

    /// <summary>What the agent may do without asking.</summary>
    public ExecutionPolicy Policy { get; init; } = ExecutionPolicy.Full;

    /// <summary>The agent may read its work tree, not change it; what it changes nevertheless is discarded.</summary>
    public bool ReadsOnly { get; init; }

    /// <summary>The agent may use the network, apart from its own provider's.</summary>
    public bool MayUseNetwork { get; init; } = true;

    /// <summary>
    /// What <see cref="ExecutionPolicy.AllowList"/> allows, as patterns like <c>Read</c> or <c>Bash(git:*)</c>; for providers that take no list of
    /// tools but ask or are configured.
    /// </summary>
    public IReadOnlyList<string> AllowPatterns { get; init; } = [];

    /// <summary>Tools that may be used; empty where the provider takes no list.</summary>
    public IReadOnlyList<string> AllowedTools { get; init; } = [];

    /// <summary>Tools that may not be used.</summary>
    public IReadOnlyList<string> DisallowedTools { get; init; } = [];

    /// <summary>Tool servers; empty where the provider takes none.</summary>
    public IReadOnlyList<McpServer> McpServers { get; init; } = [];

    /// <summary>Most turns within the provider; 0 means no cap.</summary>
    public int MaxTurns { get; init; }

    /// <summary>Most US dollars of a turn; 0 means no cap.</summary>
    public double MaxCostUsd { get; init; }

    /// <summary>Model as the provider knows it; empty means its default.</summary>
    public string Model { get; init; } = "";

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c>, or empty.</summary>
    public string Effort { get; init; } = "";

    /// <summary>Events carry the provider's own messages.</summary>
    public bool KeepsRaw { get; init; }

    /// <summary>Free-form configuration of the profile.</summary>
    public ProviderConfiguration Configuration { get; init; } = ProviderConfiguration.Empty;
}
