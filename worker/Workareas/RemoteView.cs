using Donmai.Core.Git;

namespace Donmai.Worker.Workareas;

/// <summary>What the remote says, in one question, of everything a work tree needs to know.</summary>
internal sealed record RemoteView
{
    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";

    /// <summary>Name of the default branch; empty when the remote names none.</summary>
    public string DefaultBranch { get; private init; } = "";

    /// <summary>Commit of <c>HEAD</c>; empty when the remote has none.</summary>
    public string HeadSha { get; private init; } = "";

    /// <summary>Full name of the wanted base on the remote; empty when it is neither branch nor tag.</summary>
    public string BaseReference { get; private init; } = "";

    /// <summary>Commit of the work branch; empty when the remote does not have it.</summary>
    public string BranchSha { get; private init; } = "";

    /// <summary>Whether <see cref="BaseReference"/> is a branch.</summary>
    public bool BaseIsBranch => BaseReference.StartsWith(Heads, StringComparison.Ordinal);

    /// <summary>Asks the remote.</summary>
    /// <param name="git">Runs git.</param>
    /// <param name="directory">Existing directory to run in.</param>
    /// <param name="address">The remote.</param>
    /// <param name="wanted">Base asked for; empty for the default branch.</param>
    /// <param name="branch">Work branch.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="GitFailureException">The remote did not answer, or has no commits.</exception>
    public static async Task<RemoteView> Ask(
        GitProgram git, string directory, string address, string wanted, string branch, CancellationToken cancellationToken)
    {
        List<string> patterns = ["HEAD", Heads + branch];
        if (wanted.Length > 0)
            patterns.AddRange([Heads + wanted, Tags + wanted]);
        var lines = (await git.Must(directory, ["ls-remote", "--symref", "--", address, .. patterns], cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var references = lines.Select(static line => line.Split('\t'))
            .Where(static fields => fields.Length == 2 && !fields[0].StartsWith("ref:", StringComparison.Ordinal))
            .GroupBy(static fields => fields[1], StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.First()[0], StringComparer.Ordinal);
        var head = lines.Select(static line => line.Split('\t'))
            .FirstOrDefault(static fields => fields is [var target, "HEAD"] && target.StartsWith("ref: " + Heads, StringComparison.Ordinal))
            ?[0]["ref: ".Length..] ?? "";
        if (wanted.Length == 0 && !references.ContainsKey("HEAD"))
            throw new GitFailureException(GitFailureClass.ReferenceNotFound, $"git ls-remote: {GitFailures.Mask(address)} has no commits on a default branch");
        return new RemoteView
        {
            DefaultBranch = head.Length > 0 ? head[Heads.Length..] : "",
            HeadSha = references.GetValueOrDefault("HEAD", ""),
            BaseReference = wanted.Length == 0 ? head : new[] { Heads + wanted, Tags + wanted }.FirstOrDefault(references.ContainsKey, ""),
            BranchSha = references.GetValueOrDefault(Heads + branch, ""),
        };
    }
}
