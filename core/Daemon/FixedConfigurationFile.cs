namespace Donmai.Core.Daemon;

/// <summary>Stands for the file of a daemon whose configuration was given by the program it is embedded in: there is nothing to write.</summary>
/// <param name="state">The daemon's state directory.</param>
public sealed class FixedConfigurationFile(StateDirectory state) : IConfigurationFile
{
    /// <inheritdoc/>
    public string Path => state.Configuration;

    /// <inheritdoc/>
    public Task<DaemonConfiguration> Change(IReadOnlyList<ConfigurationEdit> edits, CancellationToken cancellationToken = default) =>
        throw new ConfigurationWriteException("the configuration of this daemon was given to it by another program and cannot be written");
}
