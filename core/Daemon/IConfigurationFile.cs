namespace Donmai.Core.Daemon;

/// <summary>
/// The one writer of <c>daemon.yaml</c> (daemon-runtime.md §2.6, §2.7). Only what is asked for changes: comments, order, layout and keys that
/// this version does not know stay as they are.
/// </summary>
public interface IConfigurationFile
{
    /// <summary>The file, absolute.</summary>
    string Path { get; }

    /// <summary>
    /// Applies <paramref name="edits"/> in order, writes the file if anything is different then, and puts the result in force. A file that is not
    /// there is created from a generated configuration first. Other writers are waited for; what somebody else wrote meanwhile is kept.
    /// </summary>
    /// <param name="edits">What to change; none only makes sure that the file is there.</param>
    /// <param name="cancellationToken">Gives up waiting; nothing has been written then.</param>
    /// <returns>The configuration as the file now says it.</returns>
    /// <exception cref="DaemonConfigurationException">The file is unusable, or would be with these edits; nothing has been written.</exception>
    /// <exception cref="ConfigurationEditException">An edit does not fit the file; nothing has been written.</exception>
    /// <exception cref="ConfigurationWriteException">The file cannot be written; it is as it was.</exception>
    Task<DaemonConfiguration> Change(IReadOnlyList<ConfigurationEdit> edits, CancellationToken cancellationToken = default);
}
