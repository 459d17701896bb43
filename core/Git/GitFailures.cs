using System.Text.RegularExpressions;

namespace Donmai.Core.Git;

/// <summary>Recognises classes of failure in what git writes under <c>LC_ALL=C</c> (worker.md §5.2), and hides credentials in it.</summary>
public static partial class GitFailures
{
    private static readonly (GitFailureClass Class, string[] Patterns)[] Known =
    [
        (GitFailureClass.DiskFull, ["no space left on device", "disk quota exceeded"]),
        (GitFailureClass.Authentication,
            ["authentication failed", "permission denied (publickey", "could not read username", "could not read password",
             "terminal prompts disabled", "returned error: 401", "returned error: 403"]),
        (GitFailureClass.Network,
            ["could not resolve host", "failed to connect", "timed out", "connection reset", "connection refused", "early eof", "rpc failed",
             "unexpected disconnect", "the remote end hung up"]),
        (GitFailureClass.NotFound,
            ["repository not found", "does not exist", "returned error: 404", "does not appear to be a git repository",
             "not a git repository"]),
        (GitFailureClass.ReferenceNotFound, ["couldn't find remote ref", "could not find remote ref", "remote branch"]),
    ];

    /// <summary>The class of a failure.</summary>
    /// <param name="output">What git wrote.</param>
    public static GitFailureClass Classify(string output)
    {
        if (ServerError().IsMatch(output))
            return GitFailureClass.Network;
        foreach (var (failure, patterns) in Known)
            if (patterns.Any(pattern => output.Contains(pattern, StringComparison.OrdinalIgnoreCase)))
                return failure;
        return GitFailureClass.Other;
    }

    /// <summary>The stable wire string of a class.</summary>
    public static string Name(GitFailureClass failure) => failure switch
    {
        GitFailureClass.Authentication => "clone-auth",
        GitFailureClass.NotFound => "clone-not-found",
        GitFailureClass.ReferenceNotFound => "ref-not-found",
        GitFailureClass.Network => "clone-network",
        GitFailureClass.DiskFull => "disk-full",
        _ => "clone-failed",
    };

    /// <summary><paramref name="text"/> with the user part of every URL replaced by <c>***</c>.</summary>
    public static string Mask(string text) => UserPart().Replace(text, "://***@");

    [GeneratedRegex(@"returned error: 5\d\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServerError();

    [GeneratedRegex(@"://[^/@\s'""]+@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserPart();
}
