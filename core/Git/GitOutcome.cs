using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Git;

/// <summary>What a git call left.</summary>
/// <param name="Exit">How it ended.</param>
/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Last 64 KiB of standard error, free of credentials.</param>
public sealed record GitOutcome(ChildExit Exit, string Output, string Error)
{
    /// <summary>Exit code 0.</summary>
    public bool Succeeded => Exit.Succeeded;

    /// <summary>The failure as an exception.</summary>
    /// <param name="what">What was tried, e.g. <c>git fetch</c>.</param>
    public GitFailureException ToFailure(string what)
    {
        var text = string.Join(' ', Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return new GitFailureException(GitFailures.Classify(Error), $"{what}: {Exit} ({(text.Length == 0 ? "no output" : text)})");
    }
}
