using System.Text.RegularExpressions;

namespace Donmai.Worker.Sessions;

/// <summary>Finds the session's own pull request in what was said: only one of the session's repository counts (worker.md §2.6).</summary>
internal static partial class PullRequests
{
    /// <summary>The last pull request of the repository that the agent named, its own words before those of its tools.</summary>
    /// <param name="seen">What was seen of the agent.</param>
    /// <param name="repository">The session's repository.</param>
    public static string? Find(SessionObservation seen, string repository) => Find($"{seen.ToolAnswers}\n{seen.Spoken}\n{seen.Result?.Message}", repository);

    /// <summary>The last pull request of the repository that the text names.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="repository">The session's repository.</param>
    public static string? Find(string text, string repository)
    {
        if (Place(repository) is not { } own)
            return null;
        return Address().Matches(text)
            .Where(match => string.Equals($"{match.Groups["host"].Value}/{match.Groups["path"].Value}", own, StringComparison.OrdinalIgnoreCase))
            .Select(static match => match.Value)
            .LastOrDefault();
    }

    // "host/owner/name" of https, ssh, scp-like and bare addresses.
    private static string? Place(string repository)
    {
        var match = Remote().Match(repository.Trim());
        return match.Success ? $"{match.Groups["host"].Value}/{match.Groups["path"].Value.TrimEnd('/')}" : null;
    }

    [GeneratedRegex(
        @"https://(?<host>[A-Za-z0-9.-]+(?::\d+)?)/(?<path>[A-Za-z0-9._/-]+?)(?:/pull/|/-/merge_requests/|/pull-requests/|/pulls/)\d+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"\A(?:(?:https?|ssh|git)://)?(?:[^@/\s]+@)?(?<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?::\d+(?=/))?[/:](?<path>[A-Za-z0-9._/-]+?)(?:\.git)?/?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Remote();
}
