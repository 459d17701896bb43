namespace Donmai.Core.Daemon;

/// <summary>Holds the configuration that was read last; readers see it as a whole, never half of it.</summary>
/// <param name="initial">The configuration at start.</param>
public sealed class ConfigurationInForce(DaemonConfiguration initial) : IDaemonConfiguration
{
    private DaemonConfiguration _current = initial;

    /// <inheritdoc/>
    public DaemonConfiguration Current => Volatile.Read(ref _current);

    /// <summary>Puts another configuration in force, from the next reader on.</summary>
    public void Replace(DaemonConfiguration configuration) => Volatile.Write(ref _current, configuration);
}
