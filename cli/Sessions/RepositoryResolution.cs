using Donmai.Core.Git;

namespace Donmai.Cli.Sessions;

/// <summary>Turns <c>--repo</c> into a repository, and looks at local ones before anything is started.</summary>
internal sealed class RepositoryResolution(GitProgram git)
{
    /// <summary>Resolves <paramref name="text"/> against <paramref name="directory"/>.</summary>
    /// <param name="text"><c>--repo</c>: a directory, a URL, <c>host/owner/name</c>, or the id of an allowed project.</param>
    /// <param name="reference"><c>--ref</c>, if given.</param>
    /// <param name="directory">Directory that relative paths start from.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="CommandFailureException">There is no such directory, repository, branch, or nothing is committed yet.</exception>
    public async Task<RunRepository> Resolve(string text, string? reference, string directory, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(text, directory);
        if (Directory.Exists(path))
            return await Local(path, reference, cancellationToken);
        if (File.Exists(path))
            throw NotUsable($"{path} is a file; name the directory of a git repository, or a URL.");
        if (text.Length == 0 || text[0] is '.' or '/' or '~')
            throw NotUsable($"There is no directory {path}; name a git repository or a URL with --repo.");
        return new RunRepository { Address = text };
    }

    private async Task<RunRepository> Local(string path, string? reference, CancellationToken cancellationToken)
    {
        var top = await TopOf(path, cancellationToken);
        if (!await Holds(top, "HEAD", cancellationToken) && reference is null)
            throw NotUsable($"The repository {top} has no commits yet; commit something first.");
        if (reference is not null && !await Holds(top, reference, cancellationToken))
            throw NotUsable($"There is no branch, tag or commit '{reference}' in {top}.");

        var status = await git.Run(top, ["status", "--porcelain", "--untracked-files=normal"], cancellationToken);
        return new RunRepository { Address = top, LocalPath = top, HasUncommittedChanges = status.Succeeded && status.Output.Length > 0 };
    }

    private async Task<string> TopOf(string path, CancellationToken cancellationToken)
    {
        var top = await git.Run(path, ["rev-parse", "--show-toplevel"], cancellationToken);
        if (top.Succeeded)
            return top.Output.TrimEnd('\n');

        var bare = await git.Run(path, ["rev-parse", "--is-bare-repository", "--absolute-git-dir"], cancellationToken);
        if (bare.Succeeded && bare.Output.StartsWith("true\n", StringComparison.Ordinal))
            return bare.Output["true\n".Length..].TrimEnd('\n');

        throw NotUsable(top.Error.Contains("dubious ownership", StringComparison.Ordinal)
            ? $"git does not trust {path}, because another user owns it; allow it with: git config --global --add safe.directory {path}"
            : $"{path} is not a git repository; name one, or a URL, with --repo.");
    }

    private async Task<bool> Holds(string top, string reference, CancellationToken cancellationToken) =>
        (await git.Run(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"], cancellationToken)).Succeeded;

    private static CommandFailureException NotUsable(string sentence) => new(sentence, ExitCode.NotStarted);
}
