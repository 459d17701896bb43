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
        return new RunRepository { Address = text, Ref = reference };
    }

    private async Task<RunRepository> Local(string path, string? reference, CancellationToken cancellationToken)
    {
        var top = await TopOf(path, cancellationToken);
        if (reference is null && await Commit(top, "HEAD", cancellationToken) is null)
            throw NotUsable($"The current branch of {top} has no commits; commit something first, or name another branch with --ref.");
        var start = reference is null ? null : await Start(top, reference, cancellationToken);

        var status = await git.Run(top, ["status", "--porcelain", "--untracked-files=normal"], cancellationToken);
        return new RunRepository { Address = top, LocalPath = top, Ref = start, HasUncommittedChanges = status.Succeeded && status.Output.Length > 0 };
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

    // Only branches and tags have a name in a clone; what else git understands here (abc1234, HEAD~1, origin/x) goes by its commit.
    private async Task<string> Start(string top, string reference, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "refs/heads/" + reference, "refs/tags/" + reference })
            if (await Commit(top, name, cancellationToken) is not null)
                return reference;
        return await Commit(top, reference, cancellationToken)
            ?? throw NotUsable($"There is no branch, tag or commit '{reference}' in {top}.");
    }

    private async Task<string?> Commit(string top, string reference, CancellationToken cancellationToken)
    {
        var found = await git.Run(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"], cancellationToken);
        return found.Succeeded ? found.Output.TrimEnd('\n') : null;
    }

    private static CommandFailureException NotUsable(string sentence) => new(sentence, ExitCode.NotStarted);
}
