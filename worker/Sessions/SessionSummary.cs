namespace Donmai.Worker.Sessions;

/// <summary>The closing words of a session (worker.md §8.6): never blank.</summary>
internal static class SessionSummary
{
    private const int Longest = 4000;

    /// <summary>
    /// The agent's last message without the marker; else its error; else a sentence of our own (platform-api.md §11.1). The pull request is
    /// added when it is not named.
    /// </summary>
    /// <param name="end">How the session ended.</param>
    /// <param name="messages">What the agent said last, best first.</param>
    /// <param name="pullRequest">The session's pull request, if any.</param>
    public static string Compose(SessionEnd end, IEnumerable<string> messages, string? pullRequest)
    {
        var words = messages.Select(WorkMarker.Remove).FirstOrDefault(static message => !IsEmpty(message), "");
        if (words.Length == 0)
            words = end.Error.Length > 0 ? end.Error : Synthesised(end, pullRequest);
        if (words.Length > Longest)
            words = words[..(Longest - 1)] + "…";
        return pullRequest is null || words.Contains(pullRequest, StringComparison.Ordinal) ? words : $"{words}\n\n{pullRequest}";
    }

    private static bool IsEmpty(string words) =>
        words.Length == 0 || words.Equals("stop", StringComparison.OrdinalIgnoreCase)
        || (words.StartsWith("finish_reason=", StringComparison.OrdinalIgnoreCase) && !words.Contains('\n'));

    private static string Synthesised(SessionEnd end, string? pullRequest) => end.Status switch
    {
        SessionStatus.Completed when pullRequest is not null => $"Session completed. PR: {pullRequest}",
        SessionStatus.Completed => "Session completed.",
        SessionStatus.Failed => "Session failed.",
        _ => "Session stopped.",
    };
}
