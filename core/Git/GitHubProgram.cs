using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Git;

/// <summary>
/// Runs GitHub's command-line program, away from every repository: what an agent left in one, be it a setting that names a program, is not the
/// owner's wish and is not to meet the owner's credentials.
/// </summary>
public sealed class GitHubProgram
{
    private readonly ToolRun _run;
    private readonly string _directory;

    private GitHubProgram(ToolRun run, string directory)
    {
        _run = run;
        _directory = directory;
    }

    /// <summary>Finds it on a search path.</summary>
    /// <param name="inherited">Environment of the process.</param>
    /// <param name="tokenVariable">Variable with the project's access token, used when the environment names none for GitHub itself.</param>
    /// <param name="directory">Existing directory outside of every repository.</param>
    /// <param name="clock">Source of waiting.</param>
    /// <returns>The program; <see langword="null"/> when it is not installed.</returns>
    public static GitHubProgram? Find(IReadOnlyDictionary<string, string> inherited, string? tokenVariable, string directory, TimeProvider clock)
    {
        if (ProgramSearch.Find("gh", inherited.GetValueOrDefault("PATH")) is not { } program)
            return null;
        var environment = inherited.Where(static pair => !pair.Key.StartsWith("GIT_", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        environment["GH_PROMPT_DISABLED"] = "1";
        environment["GH_NO_UPDATE_NOTIFIER"] = "1";
        environment["NO_COLOR"] = "1";
        if (tokenVariable is not null && inherited.TryGetValue(tokenVariable, out var token))
            environment.TryAdd("GH_TOKEN", token);
        return new GitHubProgram(new ToolRun(program, environment, clock), directory);
    }

    /// <summary>Runs one command.</summary>
    /// <param name="arguments">Arguments, without <c>gh</c>.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="cancellationToken">Ends the command with its group.</param>
    /// <returns>What it left, whether it succeeded or not.</returns>
    /// <exception cref="GitFailureException">It could not be started.</exception>
    public Task<GitOutcome> Run(IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken) =>
        _run.Run(_directory, arguments, input, cancellationToken);
}
