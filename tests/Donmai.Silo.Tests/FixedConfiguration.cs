using Donmai.Core.Daemon;

namespace Donmai.Silo.Tests;

/// <summary>A configuration that stays as it is.</summary>
internal sealed record FixedConfiguration(DaemonConfiguration Current) : IDaemonConfiguration
{
    public IDisposable WhenReplaced(Action<ConfigurationReplacement> tell) => new ConfigurationInForce(Current).WhenReplaced(tell);
}
