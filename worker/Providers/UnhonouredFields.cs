namespace Donmai.Worker.Providers;

/// <summary>Says once, in the result's warnings, which parts of a request a provider cannot honour (worker.md §3.5): never silence.</summary>
internal static class UnhonouredFields
{
    /// <summary>Key of the configuration: tokens of an answer.</summary>
    public const string OutputLimit = "maxOutputTokens";

    /// <summary>Key of the configuration: tokens of a conversation.</summary>
    public const string ContextWindow = "contextWindow";

    /// <summary><see cref="AgentRequest.MaxTurns"/>.</summary>
    public const string MaxTurns = "maxTurns";

    /// <summary><see cref="AgentRequest.MaxCostUsd"/>.</summary>
    public const string CostLimit = "maxCostUsd";

    /// <summary><see cref="AgentRequest.MayUseNetwork"/>.</summary>
    public const string Network = "network";

    /// <summary><see cref="AgentRequest.ReplacesSystemPrompt"/>.</summary>
    public const string SystemPromptReplacement = "systemPromptReplacement";

    /// <summary><see cref="AgentRequest.Model"/>.</summary>
    public const string Model = "model";

    /// <summary>Warns of those of the fields that the request sets.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="provider">Name of the provider.</param>
    /// <param name="fields">The fields it cannot honour; empty texts are skipped.</param>
    public static void Warn(AgentRequest request, string provider, params IEnumerable<string> fields)
    {
        foreach (var warning in fields.Select(field => Text(request, field)).OfType<string>())
            request.Host.Warn($"{provider} {warning}");
    }

    private static string? Text(AgentRequest request, string field) => field switch
    {
        OutputLimit or ContextWindow when request.Configuration.Number(field) is > 0 => $"takes no '{field}'; the configured one was left out",
        MaxTurns when request.MaxTurns > 0 => "takes no limit of turns; the configured one was left out",
        CostLimit when request.MaxCostUsd > 0 => "takes no limit of cost; the stage's is only looked at between its messages",
        Network when !request.MayUseNetwork => "cannot be kept from the network by its own means; only a sandbox can do that",
        SystemPromptReplacement when request.ReplacesSystemPrompt => "keeps its own system prompt; the configured one was added to it",
        Model when request.Model.Length > 0 => $"takes no model; '{request.Model}' was left out",
        _ => null,
    };
}
