using Donmai.Core.Providers;
using Donmai.Worker.Providers.Amp;
using Donmai.Worker.Providers.Claude;
using Donmai.Worker.Providers.Codex;
using Donmai.Worker.Providers.Gemini;
using Donmai.Worker.Providers.Generic;
using Donmai.Worker.Providers.Ollama;
using Donmai.Worker.Providers.Opencode;
using Donmai.Worker.Providers.Stub;

namespace Donmai.Worker.Providers;

/// <summary>The adapters there are. Workers, routing, the provider routes and the doctor all read this list.</summary>
internal static class BundledProviders
{
    /// <summary>By name in ordinal order.</summary>
    public static IReadOnlyList<BundledProvider> All { get; } =
    [
        new(AmpProvider.ProviderName, static setup => new AmpProvider(setup)),
        new(ClaudeProvider.ProviderName, static setup => new ClaudeProvider(setup.Memory, setup.Clock, setup.Binary)),
        new(CodexProvider.ProviderName, static setup => new CodexProvider(setup)),
        new(GeminiProvider.ProviderName, static setup => new GeminiProvider(setup)),
        new(OllamaProvider.ProviderName, static setup => new OllamaProvider(setup)),
        new(OpencodeProvider.ProviderName, static setup => new OpencodeProvider(setup)),
        new(StubProvider.ProviderName, static setup => new StubProvider(setup.Clock)) { IsOnlyOnRequest = true },
    ];

    /// <summary>These and those that are described in <c>daemon.yaml</c>, by name in ordinal order.</summary>
    /// <param name="settings">What is configured, by provider id.</param>
    public static IReadOnlyList<BundledProvider> With(IReadOnlyDictionary<string, ProviderSettings> settings) =>
    [
        .. All.Concat(settings
                .Where(static configured => configured.Value.Generic is not null)
                .Select(static configured => new BundledProvider(configured.Key, setup => new GenericProvider(configured.Key, configured.Value.Generic!, setup.Clock)) { IsDescribed = true }))
            .OrderBy(static provider => provider.Name, StringComparer.Ordinal),
    ];
}
