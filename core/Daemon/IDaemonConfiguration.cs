namespace Donmai.Core.Daemon;

/// <summary>The daemon's configuration as it is now.</summary>
public interface IDaemonConfiguration
{
    /// <summary>The configuration in force.</summary>
    DaemonConfiguration Current { get; }
}
