using Donmai.Daemon;

namespace Donmai.Core.Daemon.Updates;

/// <summary>Replaces the running program by a newer version (daemon-runtime.md §12).</summary>
public interface ISelfUpdate
{
    /// <summary>Whether there is anything to look for: a release runs, and a source is configured.</summary>
    bool IsPossible { get; }

    /// <summary>
    /// Looks for a version, fetches and checks it, and only then has the sessions drained and puts it in place. The program has to exit with 3
    /// afterwards. Whatever goes wrong is the reason of the outcome, and nothing was changed then.
    /// </summary>
    /// <param name="drain">Called at most once, when a verified version is ready. When it fails, nothing is installed.</param>
    /// <param name="cancellationToken">Gives the update up.</param>
    /// <exception cref="OperationCanceledException">It was given up; nothing was changed.</exception>
    Task<UpdateOutcome> Run(Func<CancellationToken, Task> drain, CancellationToken cancellationToken);
}
