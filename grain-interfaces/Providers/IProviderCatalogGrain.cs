namespace Donmai.Providers;

/// <summary>What a machine can run sessions with (control-api.md §6). Key: the machine id.</summary>
[Alias("donmai.IProviderCatalogGrain")]
public interface IProviderCatalogGrain : IGrainWithStringKey
{
    /// <summary>The providers, by id in byte order.</summary>
    /// <param name="family">Only this family; <see langword="null"/> for all. An unknown family gives an empty list.</param>
    /// <param name="refresh">Whether to look at the machine anew instead of answering from what was found last.</param>
    [Alias("List")]
    Task<ProviderList> List(string? family, bool refresh);

    /// <summary>One provider; an id that several families know means the agent runtime first, then by display order of the families.</summary>
    /// <exception cref="ProviderNotFoundException">Nothing has that id.</exception>
    [Alias("Show")]
    Task<Provider> Show(string providerId);

    /// <summary>One provider, looked at anew; which one an id means is as for <see cref="Show"/>.</summary>
    /// <exception cref="ProviderNotFoundException">Nothing has that id.</exception>
    [Alias("Probe")]
    Task<Provider> Probe(string providerId);
}
