using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>How the history of a repository gets into a new work tree (worker.md §5.3). Nothing is checked out yet.</summary>
internal interface IWorktreeStrategy
{
    /// <summary>Fills an empty directory with a repository that has the base and, when the remote has it, the work branch.</summary>
    /// <param name="git">Runs git.</param>
    /// <param name="directory">The empty directory.</param>
    /// <param name="address">The remote.</param>
    /// <param name="wanted">What is fetched.</param>
    /// <param name="cancellationToken">Ends the filling.</param>
    /// <returns>Commit of the base.</returns>
    /// <exception cref="GitFailureException">git failed, or the base does not exist.</exception>
    Task<string> Fill(GitProgram git, string directory, string address, WantedHistory wanted, CancellationToken cancellationToken);
}
