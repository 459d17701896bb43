namespace Donmai.Core.Providers;

/// <summary>
/// An agent program that no adapter is built in for, as <c>daemon.yaml</c> describes it (docs/providers.md). Every list of arguments but
/// <see cref="Arguments"/> is added only where there is something to say, and may hold the placeholder of what it says.
/// </summary>
public sealed record GenericAgent
{
    /// <summary>Ids of providers that have an adapter; no description can take them.</summary>
    public static IReadOnlyList<string> ReservedIds { get; } = ["amp", "claude", "codex", "gemini", "ollama", "opencode", "stub"];

    /// <summary>Name on the agent's <c>PATH</c>, or absolute path (<c>command</c>).</summary>
    public required string Command { get; init; }

    /// <summary>Name for people (<c>label</c>); the provider's id when empty.</summary>
    public string Label { get; init; } = "";

    /// <summary>Given always and first (<c>arguments</c>); <c>{directory}</c> is the work tree, <c>{prompt}</c> the prompt.</summary>
    public List<string> Arguments { get; init; } = [];

    /// <summary>Added when a model is asked for (<c>modelArguments</c>, <c>{model}</c>).</summary>
    public List<string> ModelArguments { get; init; } = [];

    /// <summary>Added when an effort is asked for (<c>effortArguments</c>, <c>{effort}</c>).</summary>
    public List<string> EffortArguments { get; init; } = [];

    /// <summary>Added when there is a system prompt (<c>systemPromptArguments</c>, <c>{systemPromptFile}</c>); without them it precedes the prompt.</summary>
    public List<string> SystemPromptArguments { get; init; } = [];

    /// <summary>Added to every follow-up (<c>resumeArguments</c>, <c>{sessionId}</c>); without them a session has one turn.</summary>
    public List<string> ResumeArguments { get; init; } = [];

    /// <summary>What makes it name its version (<c>versionArguments</c>); without them it is not asked.</summary>
    public List<string> VersionArguments { get; init; } = [];

    /// <summary>How it gets the prompt (<c>prompt</c>).</summary>
    public PromptDelivery Prompt { get; init; }

    /// <summary>What it prints (<c>output</c>).</summary>
    public AgentOutput Output { get; init; }

    /// <summary>How its JSON lines are read (<c>mapping</c>).</summary>
    public GenericMapping Mapping { get; init; } = new();

    /// <summary>Variables of the daemon's environment that it gets (<c>environment</c>): names, or beginnings that end in <c>*</c>.</summary>
    public List<string> Environment { get; init; } = [];

    /// <summary>Whether it can change files, and may therefore have work that needs commits (<c>canModifyWorkspace</c>).</summary>
    public bool CanModifyWorkspace { get; init; } = true;
}
