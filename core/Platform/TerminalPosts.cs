using Donmai.Core.Platform.Wire;
using Donmai.Sessions;

namespace Donmai.Core.Platform;

/// <summary>What the platform is told about the end of a session (platform-api.md §11).</summary>
public static class TerminalPosts
{
    private const string CompletedStatus = "completed";
    private const string FailedStatus = "failed";
    private const string StoppedStatus = "stopped";

    /// <summary>The completion of a session.</summary>
    public static CompletionRequest Completion(SessionResult result) => new() { Summary = Summary(result) };

    /// <summary>The terminal status of a session.</summary>
    public static StatusRequest Status(SessionResult result) => new()
    {
        Status = result.Status,
        ProviderSessionId = NullIfEmpty(result.ProviderSessionId),
        WorktreePath = NullIfEmpty(result.WorktreePath),
        Error = string.IsNullOrEmpty(result.Error) ? null : new StatusError { Message = result.Error },
        TotalCostUsd = (double)(result.Cost?.TotalCostUsd ?? 0),
        InputTokens = result.Cost?.InputTokens ?? 0,
        OutputTokens = result.Cost?.OutputTokens ?? 0,
        CachedInputTokens = result.Cost?.CachedInputTokens ?? 0,
        NumTurns = result.Cost?.NumTurns ?? 0,
        FailureMode = NullIfEmpty(result.FailureMode),
        PullRequestUrl = NullIfEmpty(result.PullRequestUrl),
        CommitSha = NullIfEmpty(result.CommitSha),
        WorkResult = NullIfEmpty(result.WorkResult),
    };

    /// <summary>The words about the end: the summary of the session, else a sentence of our own. The pull request is always in them; never blank.</summary>
    public static string Summary(SessionResult result)
    {
        var words = result.Summary?.Trim() ?? "";
        if (words.Length == 0)
            return Synthesised(result);
        return string.IsNullOrEmpty(result.PullRequestUrl) || words.Contains(result.PullRequestUrl, StringComparison.Ordinal)
            ? words
            : $"{words}\n\n{result.PullRequestUrl}";
    }

    private static string Synthesised(SessionResult result) => result.Status switch
    {
        CompletedStatus when !string.IsNullOrEmpty(result.PullRequestUrl) => $"Session completed. PR: {result.PullRequestUrl}",
        CompletedStatus => "Session completed.",
        FailedStatus when !string.IsNullOrWhiteSpace(result.Error) => $"Session failed: {result.Error.Trim()}",
        FailedStatus => "Session failed.",
        StoppedStatus => "Session stopped.",
        _ => $"Session ended with status \"{result.Status}\".",
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
