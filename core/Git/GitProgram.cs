using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Git;

/// <summary>
/// Runs git: in its own process group, without a terminal, with a composed environment; a cancelled call is ended with its whole group
/// (worker.md §5.2).
/// </summary>
/// <param name="program">Absolute path of git.</param>
/// <param name="environment">The complete environment (<see cref="GitEnvironment"/>).</param>
/// <param name="clock">Source of waiting.</param>
public sealed class GitProgram(string program, IReadOnlyDictionary<string, string> environment, TimeProvider clock)
{
    private readonly ToolRun _run = new(program, environment, clock);

    /// <summary>Finds git on a search path.</summary>
    /// <param name="environment">The complete environment of every call.</param>
    /// <param name="clock">Source of waiting.</param>
    /// <exception cref="GitFailureException">There is no git.</exception>
    public static GitProgram Find(IReadOnlyDictionary<string, string> environment, TimeProvider clock) =>
        ProgramSearch.Find("git", environment.GetValueOrDefault("PATH")) is { } path
            ? new GitProgram(path, environment, clock)
            : throw new GitFailureException(GitFailureClass.Other, "git was not found on PATH; install it (Debian: apt install git)");

    /// <summary>The same program with one more variable.</summary>
    public GitProgram With(string name, string value) =>
        new(program, new Dictionary<string, string>(environment, StringComparer.Ordinal) { [name] = value }, clock);

    /// <summary>Runs one command.</summary>
    /// <param name="directory">Existing directory it runs in.</param>
    /// <param name="arguments">Arguments, without <c>git</c>.</param>
    /// <param name="cancellationToken">Ends the command with its group.</param>
    /// <returns>What it left, whether it succeeded or not.</returns>
    /// <exception cref="GitFailureException">git could not be started.</exception>
    public Task<GitOutcome> Run(string directory, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        _run.Run(directory, arguments, "", cancellationToken);

    /// <summary>Runs one command that reads.</summary>
    /// <param name="directory">Existing directory it runs in.</param>
    /// <param name="arguments">Arguments, without <c>git</c>.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="cancellationToken">Ends the command with its group.</param>
    /// <returns>What it left, whether it succeeded or not.</returns>
    /// <exception cref="GitFailureException">git could not be started.</exception>
    public Task<GitOutcome> Feed(string directory, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken) =>
        _run.Run(directory, arguments, input, cancellationToken);

    /// <summary>Runs one command that has to succeed.</summary>
    /// <param name="directory">Existing directory it runs in.</param>
    /// <param name="arguments">Arguments, without <c>git</c>.</param>
    /// <param name="cancellationToken">Ends the command with its group.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="GitFailureException">It failed.</exception>
    public async Task<string> Must(string directory, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var outcome = await Run(directory, arguments, cancellationToken);
        return outcome.Succeeded
            ? outcome.Output
            : throw outcome.ToFailure($"git {arguments.FirstOrDefault(static word => !word.StartsWith('-'))}");
    }
}
