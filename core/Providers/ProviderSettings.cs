using System.Text.Json;

namespace Donmai.Core.Providers;

/// <summary>
/// What <c>daemon.yaml</c> says about one agent runtime (<c>providers.&lt;id&gt;</c>). The daemon hands all of them to its workers in
/// <see cref="Variable"/>; they name programs and environment variables, never a secret.
/// </summary>
public sealed record ProviderSettings
{
    /// <summary>Variable by which a worker is told the settings of all providers, as JSON by provider id.</summary>
    public const string Variable = "DONMAI_PROVIDERS";

    /// <summary>Nothing is configured.</summary>
    public static ProviderSettings None { get; } = new();

    /// <summary>Program in place of the one on the <c>PATH</c>, absolute (<c>binary</c>).</summary>
    public string? Binary { get; init; }

    /// <summary>Base URL in place of the provider's own (<c>endpoint</c>), absolute http or https.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whether the agent gets a private home for its state, which borrows the user's login (<c>isolateHome</c>); for codex, which does by default.</summary>
    public bool? IsolateHome { get; init; }

    /// <summary>Prices by model, in place of those that are built in (<c>prices.&lt;model&gt;</c>).</summary>
    public Dictionary<string, ModelPrice> Prices { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What makes it a provider of its own that no adapter is built in for (<c>command</c> and beside it); <see langword="null"/> for the others.</summary>
    public GenericAgent? Generic { get; init; }

    /// <summary>The settings in a text of <see cref="Variable"/>; none for an absent one.</summary>
    /// <exception cref="JsonException">It is no such text.</exception>
    public static IReadOnlyDictionary<string, ProviderSettings> Read(string? text) =>
        string.IsNullOrWhiteSpace(text)
            ? new Dictionary<string, ProviderSettings>(StringComparer.Ordinal)
            : JsonSerializer.Deserialize(text, ProviderSettingsJson.Default.DictionaryStringProviderSettings) ?? new(StringComparer.Ordinal);

    /// <summary>The text of <see cref="Variable"/>.</summary>
    public static string Write(IReadOnlyDictionary<string, ProviderSettings> settings) =>
        JsonSerializer.Serialize(new Dictionary<string, ProviderSettings>(settings, StringComparer.Ordinal), ProviderSettingsJson.Default.DictionaryStringProviderSettings);
}
