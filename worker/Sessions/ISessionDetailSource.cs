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
}
