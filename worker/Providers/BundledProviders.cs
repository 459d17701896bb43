using Donmai.Worker.Providers.Claude;
using Donmai.Worker.Providers.Stub;

namespace Donmai.Worker.Providers;

/// <summary>The adapters there are. Workers, routing, the provider routes and the doctor all read this list.</summary>
internal static class BundledProviders
{
    /// <summary>By name in ordinal order.</summary>
    public static IReadOnlyList<BundledProvider> All { get; } =
    [
        new(ClaudeProvider.ProviderName, static setup => new ClaudeProvider(setup.Memory, setup.Clock, setup.Binary)),
        new(StubProvider.ProviderName, static setup => new StubProvider(setup.Clock)) { IsOnlyOnRequest = true },
    ];
}
