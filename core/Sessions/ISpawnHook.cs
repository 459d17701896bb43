using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>
/// What an embedding program does just before a worker is started (daemon-runtime.md §9.3, layer 5). One may be registered with the services
/// of the daemon.
/// </summary>
public interface ISpawnHook
{
    /// <summary>
    /// Decides which environment the worker gets. It may add and override anything; the mark by which the daemon knows the session's processes
    /// is set after it. The session waits for it: about 250 ms are in order, after 5 s the start is given up. What it throws refuses the session,
    /// with its message.
    /// </summary>
    /// <param name="spec">What is to be done, variables included.</param>
    /// <param name="environment">The environment as composed.</param>
    /// <param name="cancellationToken">Cancelled when its time is up.</param>
    /// <returns>The environment to use in place of the composed one; <see langword="null"/> keeps that.</returns>
    Task<IReadOnlyDictionary<string, string>?> BeforeSpawn(
        SessionSpec spec, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken);
}
