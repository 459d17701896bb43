using Donmai.Worker.Providers.Amp;
using Donmai.Worker.Providers.Claude;
using Donmai.Worker.Providers.Codex;
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
        new(OllamaProvider.ProviderName, static setup => new OllamaProvider(setup)),
        new(OpencodeProvider.ProviderName, static setup => new OpencodeProvider(setup)),
        new(StubProvider.ProviderName, static setup => new StubProvider(setup.Clock)) { IsOnlyOnRequest = true },
    ];
}
