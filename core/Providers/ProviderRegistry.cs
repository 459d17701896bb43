using Donmai.Core.Workareas;
using Donmai.Providers;

namespace Donmai.Core.Providers;

/// <summary>Every provider of this machine, from the registries of all families (control-api.md §6).</summary>
/// <param name="families">The registries.</param>
public sealed class ProviderRegistry(IEnumerable<IProviderFamily> families)
{
    private readonly List<IProviderFamily> _families = [.. families.OrderBy(static family => Position(family.Family))];

    /// <summary>The providers, by id in byte order, and by display order of their families where ids are the same.</summary>
    /// <param name="family">Only this family; <see langword="null"/> for all. An unknown family gives an empty list.</param>
    /// <param name="refresh">Whether to look at the machine anew.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<ProviderList> List(string? family, bool refresh, CancellationToken cancellationToken)
    {
        var asked = _families.Where(known => family is null || known.Family == family);
        var providers = (await Task.WhenAll(asked.Select(known => known.List(refresh, cancellationToken)))).SelectMany(static found => found);
        List<string> covered = [.. _families.Select(static known => known.Family).Distinct(StringComparer.Ordinal)];
        return new ProviderList
        {
            Providers = [.. providers.OrderBy(static provider => provider.Id, ByteOrder.Instance)],
            CoveredFamilies = covered,
            PartialCoverage = ProviderFamilies.InDisplayOrder.Except(covered, StringComparer.Ordinal).Any(),
        };
    }

    /// <summary>One provider; an id that several families know means the agent runtime first, then by display order of the families.</summary>
    /// <exception cref="ProviderNotFoundException">Nothing has that id.</exception>
    public async Task<Provider> Show(string id, CancellationToken cancellationToken)
    {
        var all = await List(family: null, refresh: false, cancellationToken);
        var named = all.Providers.Where(provider => provider.Id == id).ToList();
        return named.Find(static provider => provider.Family == ProviderFamilies.AgentRuntime)
            ?? named.FirstOrDefault()
            ?? throw new ProviderNotFoundException(id);
    }

    /// <summary>One provider, looked at anew; which one an id means is as for <see cref="Show"/>.</summary>
    /// <exception cref="ProviderNotFoundException">Nothing has that id.</exception>
    public async Task<Provider> Probe(string id, CancellationToken cancellationToken)
    {
        var known = await Show(id, cancellationToken);
        var anew = await List(known.Family, refresh: true, cancellationToken);
        return anew.Providers.Find(provider => provider.Id == id) ?? throw new ProviderNotFoundException(id);
    }

    private static int Position(string family)
    {
        var position = ProviderFamilies.InDisplayOrder.ToList().IndexOf(family);
        return position >= 0 ? position : throw new ArgumentException($"\"{family}\" is not a family of providers", nameof(family));
    }
}
