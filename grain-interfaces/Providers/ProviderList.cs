namespace Donmai.Providers;

/// <summary>The providers of a machine (control-api.md §6.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ProviderList")]
public sealed record ProviderList
{
    /// <summary>By id in byte order.</summary>
    [Id(0)] public List<Provider> Providers { get; init; } = [];

    /// <summary>Whether <see cref="CoveredFamilies"/> are not all families.</summary>
    [Id(1)] public bool PartialCoverage { get; init; }

    /// <summary>Families that have a registry here, in display order.</summary>
    [Id(2)] public List<string> CoveredFamilies { get; init; } = [];
}
