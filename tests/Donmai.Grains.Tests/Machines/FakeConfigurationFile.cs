using Donmai.Core.Daemon;

namespace Donmai.Grains.Tests.Machines;

/// <summary>A configuration file that knows the settable keys and can refuse to be written.</summary>
internal sealed class FakeConfigurationFile(ConfigurationInForce inForce) : IConfigurationFile
{
    public string Path => "/etc/donmai/daemon.yaml";

    /// <summary>Why it cannot be written; <see langword="null"/> when it can.</summary>
    public Exception? Refusal { get; set; }

    public Task<DaemonConfiguration> Change(IReadOnlyList<ConfigurationEdit> edits, CancellationToken cancellationToken = default)
    {
        if (Refusal is not null)
            throw Refusal;
        foreach (var edit in edits.Cast<SetKey>())
        {
            var value = edit.Value.GetValue<int>();
            inForce.Replace(edit.Key is CapacityKeys.PoolMaxDiskGb
                ? inForce.Current with { PoolMaxDiskGb = value }
                : inForce.Current with { MaxConcurrentSessions = value });
        }

        return Task.FromResult(inForce.Current);
    }
}
