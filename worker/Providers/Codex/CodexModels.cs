using Donmai.Core.Providers;

namespace Donmai.Worker.Providers.Codex;

/// <summary>Which model <c>codex</c> is asked for and what it costs (worker.md §4.3.2, §4.3.4).</summary>
internal static class CodexModels
{
    private const string Usual = "gpt-5-codex";

    private static readonly Dictionary<string, string> Tiers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["opus"] = Usual,
        ["sonnet"] = "gpt-5.2-codex",
        ["haiku"] = "gpt-5.3-codex",
    };

    private static readonly Dictionary<string, ModelPrice> KnownPrices = new(StringComparer.Ordinal)
    {
        [Usual] = new(2.00, 0.50, 8.00),
        ["gpt-5.2-codex"] = new(1.00, 0.25, 4.00),
        ["gpt-5.3-codex"] = new(0.50, 0.125, 2.00),
    };

    /// <summary>The request's model, the tier of the agent's environment, its model, the usual one: the first that is there.</summary>
    public static string Choose(AgentRequest request)
    {
        if (request.Model.Length > 0)
            return request.Model;
        if (request.Environment.GetValueOrDefault("CODEX_MODEL_TIER")?.Trim() is { Length: > 0 } tier && Tiers.TryGetValue(tier, out var known))
            return known;
        return request.Environment.GetValueOrDefault("CODEX_MODEL")?.Trim() is { Length: > 0 } model ? model : Usual;
    }

    /// <summary>Prices by model; configured ones replace those that are known.</summary>
    public static IReadOnlyDictionary<string, ModelPrice> Prices(ProviderSettings settings)
    {
        var prices = new Dictionary<string, ModelPrice>(KnownPrices, StringComparer.Ordinal);
        foreach (var (model, price) in settings.Prices)
            prices[model] = price;
        return prices;
    }
}
