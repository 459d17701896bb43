using Donmai.Worker.Sessions;

namespace Donmai.Worker;

/// <summary>The program <c>donmai agent run</c>: runs one session from its work order to its exit record (worker.md §1.3).</summary>
public static class WorkerProgram
{
    /// <summary>
    /// Runs the session that <paramref name="options"/> and the environment name. TERM, INT and HUP are handled here: the caller installs no
    /// handler of its own.
    /// </summary>
    /// <param name="options">The command line.</param>
    /// <param name="cancellationToken">Ends the session as a signal would: <c>stopped</c>, mode <c>terminated</c>.</param>
    /// <returns>The exit code of the process (<see cref="WorkerExitCode"/>). Nothing is thrown: every failure is reported and coded.</returns>
    public static Task<int> Run(WorkerOptions options, CancellationToken cancellationToken = default) =>
        new SessionWorker(WorkerHost.OfThisProcess()).Run(options, cancellationToken);
}
