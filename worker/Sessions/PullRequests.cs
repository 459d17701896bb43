using System.Text.RegularExpressions;
using Donmai.Core.Git;

namespace Donmai.Worker.Sessions;

/// <summary>Finds pull requests in what was said: only those of the session's repository count (worker.md §2.6).</summary>
internal static partial class PullRequests
{
    /// <summary>The pull requests of the repository that the agent or its tools named, the last first.</summary>
    /// <param name="seen">What was seen of the agent.</param>
    /// <param name="repository">The session's repository.</param>
    public static IEnumerable<string> In(SessionObservation seen, string repository) =>
        In($"{seen.ToolAnswers}\n{seen.Spoken}\n{seen.Result?.Message}", repository);

    /// <summary>The pull requests of the repository that the text names, the last first.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="repository">The session's repository.</param>
    public static IEnumerable<string> In(string text, string repository) => HostedRepository.Parse(repository) is not { } own
        ? []
        : Address().Matches(text)
            .Where(match => new HostedRepository(match.Groups["host"].Value, match.Groups["path"].Value).IsSameAs(own))
            .Select(static match => match.Value)
            .Reverse()
            .Distinct(StringComparer.Ordinal);

    [GeneratedRegex(
        @"https://(?<host>[A-Za-z0-9.-]+(?::\d+)?)/(?<path>[A-Za-z0-9._/-]+?)(?:/pull/|/-/merge_requests/|/pull-requests/|/pulls/)\d+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
