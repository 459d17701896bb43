using Donmai.Providers;

namespace Donmai.Core.Providers;

/// <summary>One family of providers that this daemon has a registry of (control-api.md §6.1).</summary>
public interface IProviderFamily
{
    /// <summary>One of <see cref="ProviderFamilies"/>.</summary>
    string Family { get; }

    /// <summary>Its providers as they are, in any order.</summary>
    /// <param name="refresh">Whether to look at the machine anew instead of answering from what was found last.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    Task<IReadOnlyList<Provider>> List(bool refresh, CancellationToken cancellationToken);
}
