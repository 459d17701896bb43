using Donmai.Cli.Rendering;
using Donmai.Sessions;

namespace Donmai.Cli.Sessions;

/// <summary>What a session came to: the result, what it cost, what it changed, and where to look.</summary>
internal static class RunSummary
{
    private const int MostFiles = 20;
    private const int ShortSha = 12;

    /// <summary>The whole summary of a session that has ended.</summary>
    /// <param name="screen">Where it goes.</param>
    /// <param name="session">The session.</param>
    /// <param name="repository">Local repository that was asked for, if it is one: changes can be fetched into it.</param>
    public static void WriteTo(IScreen screen, SessionInspection session, string? repository)
    {
        var (state, tone) = session.State == SessionState.Terminated ? ("stopped", Tone.Warning) : SessionStates.Shown(session.State);
        var headline = new List<Span> { new(state, tone) };
        if (session.EndedAt is { } end)
            headline.Add(new Span($" after {Amounts.Duration(end - session.AcceptedAt)}", Tone.Plain));
        screen.Write(Line.Empty);
        screen.Write(new Line { Spans = headline });
        if (session.State != SessionState.Completed && ReasonOf(session) is var reason && reason != session.Result?.Summary)
            screen.Write(new Line { Spans = [new Span(TerminalText.OneLine(reason), Tone.Plain)] });

        WriteResult(screen, session);
        WritePlaces(screen, session, repository);
    }

    /// <summary>What the worker reported: the agent's last words, cost, changes.</summary>
    public static void WriteResult(IScreen screen, SessionInspection session)
    {
        if (session.Result is not { } result)
            return;

        if (result.Summary is { Length: > 0 } summary)
            foreach (var row in TerminalText.Clean(summary).Trim('\n').Split('\n'))
                screen.Write(new Line { Spans = [new Span(row.TrimEnd(), Tone.Plain)] });
        if (CostOf(result) is { Length: > 0 } cost)
            screen.Write(Line.Of((cost, Tone.Quiet)));
        foreach (var warning in result.Warnings ?? [])
            screen.Write(new Line { Mark = new Span("!", Tone.Warning), Spans = [new Span(TerminalText.OneLine(warning), Tone.Warning)] });
        if (result.Changes is { } changes)
            WriteChanges(screen, changes);
    }

    /// <summary>Where the session's tree is now; <see langword="null"/> when there is none, or none that can be seen from here.</summary>
    public static string? TreeOf(SessionInspection session) =>
        session.ArchivePath ?? (session.EndedAt is null || Directory.Exists(session.WorktreePath) ? session.WorktreePath : null);

    /// <summary>The same in words; of a session that has ended without anything kept of its tree, that.</summary>
    public static string? PlaceOf(SessionInspection session) =>
        TreeOf(session) ?? (session is { EndedAt: not null, ArchiveId: null, WorktreePath: null } ? "none kept" : null);

    private static void WriteChanges(IScreen screen, WorkChanges changes)
    {
        screen.Write(Line.Empty);
        if (changes.Files.Count == 0)
        {
            screen.Write(Line.Of(("No files changed.", Tone.Quiet)));
            return;
        }

        screen.Write(Line.Of(
            (Amounts.Of(changes.Files.Count, "file") + " changed", Tone.Strong),
            ($", +{changes.Files.Sum(static file => (long)file.Insertions)} -{changes.Files.Sum(static file => (long)file.Deletions)}", Tone.Plain),
            ($", {Amounts.Of(changes.Commits, "commit")}", Tone.Plain),
            (changes.Uncommitted > 0 ? $", {Amounts.Of(changes.Uncommitted, "file")} not committed" : "", Tone.Warning)));
        var shown = changes.Files.Take(MostFiles).ToList();
        var width = shown.Max(static file => Numbers(file).Length);
        foreach (var file in shown)
        {
            screen.Write(new Line
            {
                Mark = new Span("  " + Numbers(file).PadRight(width), Tone.Quiet),
                Spans = [new Span(TerminalText.OneLine(file.Path), Tone.Plain)],
            });
        }

        if (changes.Files.Count > shown.Count)
            screen.Write(Line.Of(($"  and {changes.Files.Count - shown.Count} more", Tone.Quiet)));
    }

    private static void WritePlaces(IScreen screen, SessionInspection session, string? repository)
    {
        var result = session.Result;
        var tree = TreeOf(session);
        screen.Write(Line.Empty);
        new Facts()
            .Add("session", session.SessionId)
            .Add("branch", result?.Branch)
            .Add("pull request", result?.PullRequestUrl)
            .Add("work area", PlaceOf(session))
            .Add("logs", session.State == SessionState.Failed ? session.RecordPath : null)
            .WriteTo(screen);
        if (tree is null || result is not { Changes.Files.Count: > 0, BaseSha: { Length: > 0 } from })
            return;

        WriteCommand(screen, "To see the changes:", $"git -C {Shell.Quote(tree)} diff {(from.Length > ShortSha ? from[..ShortSha] : from)}");
        if (repository is not null && result is { Changes.Commits: > 0, Branch: { Length: > 0 } branch })
        {
            var words = $"git -C {Shell.Quote(repository)} fetch {Shell.Quote(tree)} {Shell.Quote(branch)}:{Shell.Quote(branch)}";
            WriteCommand(screen, result.Changes.Uncommitted > 0 ? "To take the branch over, without what is not committed:" : "To take the branch over:", words);
        }
    }

    private static void WriteCommand(IScreen screen, string what, string words)
    {
        screen.Write(Line.Of((what, Tone.Quiet)));
        screen.Write(Line.Of(("  " + words, Tone.Name)) with { Unbroken = true });
    }

    private static string Numbers(FileChange file) => file.Binary ? "binary" : $"+{file.Insertions} -{file.Deletions}";

    private static string ReasonOf(SessionInspection session) => session switch
    {
        { Result.Error: { Length: > 0 } error } => error,
        { Reason: { Length: > 0 } reason } => reason,
        { Signal: { } signal } => $"Its process was ended by signal {signal}.",
        { ExitCode: { } code } => $"Its process ended with exit code {code}.",
        _ => "How it ended is not known.",
    };

    private static string CostOf(SessionResult result)
    {
        var cost = result.Cost;
        var turns = cost is { NumTurns: > 0 } ? cost.NumTurns : result.Turns;
        string?[] parts =
        [
            turns > 0 ? Amounts.Of(turns, "turn") : null,
            cost?.TotalCostUsd is { } dollars ? Amounts.Dollars(dollars) : null,
            cost is { InputTokens: > 0 } or { OutputTokens: > 0 }
                ? $"{Amounts.Count(cost.InputTokens + cost.CachedInputTokens)} tokens in, {Amounts.Count(cost.OutputTokens)} out"
                : null,
        ];
        return string.Join(", ", parts.Where(static part => part is not null));
    }
}
