using System.Collections.Immutable;

namespace Donmai.Core.Daemon;

/// <summary>Holds the configuration that was read last; readers see it as a whole, never half of it.</summary>
/// <param name="initial">The configuration at start.</param>
/// <param name="adapt">What this process changes about every configuration that it takes; <see langword="null"/> for nothing.</param>
public sealed class ConfigurationInForce(DaemonConfiguration initial, Func<DaemonConfiguration, DaemonConfiguration>? adapt = null) : IDaemonConfiguration
{
    private readonly Lock _gate = new();
    private DaemonConfiguration _current = Adapt(initial, adapt);
    private ImmutableArray<Action<ConfigurationReplacement>> _listeners = [];

    /// <inheritdoc/>
    public DaemonConfiguration Current => Volatile.Read(ref _current);

    /// <summary>
    /// Puts another configuration in force, from the next reader on. What cannot change while the daemon runs is taken over from the former
    /// one (daemon-runtime.md §2.8): machine id, observability. Another orchestrator or token is registered with at once (platform-api.md §3).
    /// </summary>
    public void Replace(DaemonConfiguration configuration)
    {
        lock (_gate)
        {
            var former = _current;
            var current = Adapt(configuration, adapt) with
            {
                MachineId = former.MachineId,
                Observability = former.Observability,
            };
            Volatile.Write(ref _current, current);
            foreach (var tell in _listeners)
                tell(new ConfigurationReplacement(former, current));
        }
    }

    /// <inheritdoc/>
    public IDisposable WhenReplaced(Action<ConfigurationReplacement> tell)
    {
        // A delegate of its own, so that one who asks twice is told twice and can leave once.
        Action<ConfigurationReplacement> listener = replacement => tell(replacement);
        lock (_gate)
            _listeners = _listeners.Add(listener);
        return new Listening(this, listener);
    }

    private static DaemonConfiguration Adapt(DaemonConfiguration configuration, Func<DaemonConfiguration, DaemonConfiguration>? adapt) =>
        adapt is null ? configuration : adapt(configuration);

    private sealed class Listening(ConfigurationInForce configuration, Action<ConfigurationReplacement> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (configuration._gate)
                configuration._listeners = configuration._listeners.Remove(listener);
        }
    }
}
