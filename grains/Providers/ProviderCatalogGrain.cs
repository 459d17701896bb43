using Donmai.Core.Providers;
using Donmai.Providers;
using Orleans.Concurrency;

namespace Donmai.Grains.Providers;

/// <summary>
/// What one machine can run sessions with (control-api.md §6). It has no state of its own, so that callers need not wait for each other's looks; it
/// is an ordinary grain nevertheless, because the machine in its key decides where it has to be asked.
/// </summary>
[Reentrant]
internal sealed class ProviderCatalogGrain(ProviderRegistry registry) : Grain, IProviderCatalogGrain
{
    public Task<ProviderList> List(string? family, bool refresh) => registry.List(family, refresh, CancellationToken.None);

    public Task<Provider> Show(string providerId) => registry.Show(providerId, CancellationToken.None);

    public Task<Provider> Probe(string providerId) => registry.Probe(providerId, CancellationToken.None);
}
