using System.Text.RegularExpressions;

namespace Donmai.Worker.Sessions;

/// <summary>The agent's own verdict, <c>WORK_RESULT:…</c> (worker.md §8.4).</summary>
internal static partial class WorkMarker
{
    public const string Passed = "passed";
    public const string Failed = "failed";

    private const string Name = "WORK_RESULT";
    private const int LastCharacters = 400;

    /// <summary>The verdict in what was seen of the agent.</summary>
    /// <returns><c>passed</c>, <c>failed</c>, <c>unknown</c>, or <see langword="null"/>.</returns>
    public static string? Find(SessionObservation seen) =>
        Find(seen.Spoken, seen.FinalMessage.Length > 0 ? seen.FinalMessage : seen.Result?.Message ?? "");

    /// <summary>
    /// The verdict in what the agent said: the last line that is nothing but the marker decides; without one, a marker in the last 400
    /// characters of the final message counts.
    /// </summary>
    /// <param name="spoken">All top-level text of the session, joined.</param>
    /// <param name="finalMessage">The last message.</param>
    /// <returns><c>passed</c>, <c>failed</c>, <c>unknown</c>, or <see langword="null"/>.</returns>
    public static string? Find(string spoken, string finalMessage)
    {
        if (OnlyLine().Matches(spoken) is { Count: > 0 } lines)
            return lines[^1].Groups["verdict"].Value.ToLowerInvariant();
        var tail = finalMessage.Length > LastCharacters ? finalMessage[^LastCharacters..] : finalMessage;
        var verdicts = Anywhere().Matches(tail).Select(static match => match.Groups["verdict"].Value.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        return verdicts.Count == 1 ? verdicts[0] : null;
    }

    /// <summary><paramref name="text"/> without lines that are nothing but the marker.</summary>
    public static string Remove(string text) =>
        text.Contains(Name, StringComparison.OrdinalIgnoreCase) ? OnlyLine().Replace(text, "").Trim() : text.Trim();

    // Without backtracking: what an agent says may be made to be slow.
    private const string Around = @"[ \t>\-`*_]*";

    [GeneratedRegex(
        @"^[ \t>]*(?:<!--)?" + Around + @"WORK_RESULT[ \t]*:[ \t]*(?<verdict>passed|failed|unknown)" + Around + @"\.?" + Around + @"(?:-->)?[ \t\r]*$",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OnlyLine();

    [GeneratedRegex(@"WORK_RESULT[ \t]*:\s*(?<verdict>passed|failed|unknown)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Anywhere();
}
