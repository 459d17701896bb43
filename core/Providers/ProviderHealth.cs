namespace Donmai.Core.Providers;

/// <summary>How a provider is (control-api.md §6.1, <c>status</c>).</summary>
public enum ProviderHealth
{
    /// <summary>It can be used.</summary>
    Ready,

    /// <summary>It can be used as far as is known, but something about it is not as it should be.</summary>
    Degraded,

    /// <summary>It is installed and does not work.</summary>
    Unhealthy,

    /// <summary>It is not installed, or not switched on.</summary>
    Inactive,
}
