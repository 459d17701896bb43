using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Sessions;

namespace Donmai.Cli.Sessions;

/// <summary>One session on one page.</summary>
internal static class SessionPage
{
    private const string Moment = "yyyy-MM-dd HH:mm:ss";

    public static void WriteTo(IScreen screen, SessionInspection session, DateTimeOffset now)
    {
        var (state, tone) = SessionStates.Shown(session.State);
        new Facts()
            .Add("session", session.SessionId, Tone.Name)
            .Add("state", session.StopMode is { } mode ? $"{state} ({mode})" : state, tone)
            .Add("reason", IsInResult(session) ? null : session.Reason)
            .Add("repository", session.Repository)
            .Add("ref", session.Ref)
            .Add("project", session.ProjectName)
            .Add("provider", session.Provider)
            .Add("accepted", Local(session.AcceptedAt))
            .Add("ended", session.EndedAt is { } end ? $"{Local(end)}, after {Amounts.Duration(end - session.AcceptedAt)}" : null)
            .Add("running for", session.EndedAt is null ? Amounts.Duration(now - session.AcceptedAt) : null)
            .Add("process", Process(session))
            .Add("events", session.LastEventSeq == 0 ? null : session.LastEventSeq.ToString(CultureInfo.InvariantCulture))
            .Add("work area", RunSummary.PlaceOf(session))
            .Add("made", session.Seed is { } seed ? $"{session.AcquirePath} ({seed.MemberId})" : session.AcquirePath)
            .Add("archive", session.ArchiveId)
            .Add("records", session.RecordPath)
            .WriteTo(screen);
        if (session.Result is not null)
        {
            screen.Write(Line.Empty);
            RunSummary.WriteResult(screen, session);
        }
    }

    // Who failed says why in the result as well.
    private static bool IsInResult(SessionInspection session) =>
        session.Result is { Summary: { Length: > 0 } summary } && TerminalText.OneLine(summary).Trim() == TerminalText.OneLine(session.Reason ?? "").Trim();

    private static string Local(DateTimeOffset moment) => moment.ToLocalTime().ToString(Moment, CultureInfo.InvariantCulture);

    private static string? Process(SessionInspection session)
    {
        var end = session switch
        {
            { Signal: { } signal } => $"ended by signal {signal}",
            { ExitCode: { } code } => $"exit code {code}",
            _ => null,
        };
        return session.Pid == 0 ? end : end is null ? $"{session.Pid}" : $"{session.Pid}, {end}";
    }
}
