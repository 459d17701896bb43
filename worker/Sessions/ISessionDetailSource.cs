using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>Where the session detail comes from (worker.md §1.4).</summary>
internal interface ISessionDetailSource : IDisposable
{
    /// <summary>Reads it.</summary>
    /// <param name="attemptTimeout">Longest time of one attempt.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="PreflightException">It cannot be read; the text names the attempts and the last cause.</exception>
    Task<SessionDetail> Read(TimeSpan attemptTimeout, CancellationToken cancellationToken);

    /// <summary>Tells that the agent has a message of the session's inbox (worker.md §8.2).</summary>
    /// <param name="deliveryId">Id of the message.</param>
    /// <param name="cancellationToken">Ends the attempts at once.</param>
    /// <returns>Why it could not be told; <see langword="null"/> when it was.</returns>
    Task<string?> Acknowledge(string deliveryId, CancellationToken cancellationToken);
}
