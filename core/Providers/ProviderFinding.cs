namespace Donmai.Core.Providers;

/// <summary>What a look at a provider has found.</summary>
/// <param name="Health">How it is.</param>
/// <param name="Version">Version of what is installed; empty when it could not be told, <see langword="null"/> for what is part of this program.</param>
/// <param name="Detail">Why it is not ready and what to do; <see langword="null"/> when it is.</param>
public sealed record ProviderFinding(ProviderHealth Health, string? Version = "", string? Detail = null)
{
    /// <summary>Whether sessions may be given to it.</summary>
    public bool IsUsable => Health is ProviderHealth.Ready or ProviderHealth.Degraded;

    /// <summary>The health as the control API spells it.</summary>
    public string Status => Health.ToString().ToLowerInvariant();
}
