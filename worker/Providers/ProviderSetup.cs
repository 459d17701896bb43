using Donmai.Core.Providers;

namespace Donmai.Worker.Providers;

/// <summary>What an adapter is constructed with.</summary>
/// <param name="Memory">Directory in which it may keep what it has learnt about its program.</param>
/// <param name="Clock">Source of time.</param>
/// <param name="Settings">What <c>daemon.yaml</c> says about it.</param>
internal sealed record ProviderSetup(string Memory, TimeProvider Clock, ProviderSettings Settings)
{
    /// <summary>The environment that programs are looked for in when what it can do depends on what is installed.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Program that was configured in place of the one on the <c>PATH</c>, if any.</summary>
    public string? Binary => Settings.Binary;

    /// <summary>Address that was configured for a provider that is a server, if any.</summary>
    public string? Endpoint => Settings.Endpoint;
}
