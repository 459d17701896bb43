namespace Donmai.Worker.Providers;

/// <summary>An adapter.</summary>
/// <param name="Name">Name of the provider.</param>
/// <param name="Construct">Makes it; starts and looks for nothing.</param>
internal sealed record BundledProvider(string Name, Func<ProviderSetup, IAgentProvider> Construct)
{
    /// <summary>Whether it is not part of the product but described in <c>daemon.yaml</c>.</summary>
    public bool IsDescribed { get; init; }

    /// <summary>Whether a session gets it only by naming it.</summary>
    public bool IsOnlyOnRequest { get; init; }
}
