using System.Diagnostics;
using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>
/// The trace of a session (W3C trace context): one from the request that asks for it to its end, across daemon, restarts and worker. The
/// context is passed on in words, so that nothing depends on what an engine or a process carries along.
/// </summary>
public static class SessionTrace
{
    /// <summary>Name of the source of all steps, for whoever exports them.</summary>
    public const string SourceName = "Donmai";

    /// <summary>Variable that tells a worker which step started it.</summary>
    public const string Variable = "TRACEPARENT";

    /// <summary>Tag that names the session of a step.</summary>
    public const string SessionTag = "donmai.session.id";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody wants to know of steps.</summary>
    public static bool IsListenedTo => Source.HasListeners();

    /// <summary>
    /// Begins a step under <paramref name="traceParent"/>, else under the step that is under way, else in a trace of its own. It ends with
    /// <see cref="Activity.Dispose()"/>. There is always one, also when nobody listens: logs and workers name the trace.
    /// </summary>
    /// <param name="name">What is done; one of few.</param>
    /// <param name="traceParent">The context to continue (<c>traceparent</c>); anything else is ignored.</param>
    /// <param name="sessionId">The session it is done for.</param>
    /// <param name="kind">Whether it serves or asks another process.</param>
    public static Activity Begin(string name, string? traceParent = null, string? sessionId = null, ActivityKind kind = ActivityKind.Internal)
    {
        var parent = Parse(traceParent) ?? Activity.Current?.Context ?? default;
        var step = Source.StartActivity(kind, parent, name: name) ?? Unheard(name, parent);
        if (sessionId is not null)
            step.SetTag(SessionTag, sessionId);
        return step;
    }

    private static void Tell(string name, string? traceParent, DateTimeOffset began, DateTimeOffset ended, params IEnumerable<KeyValuePair<string, object?>> tags)
    {
        if (!IsListenedTo || Parse(traceParent) is not { } parent)
            return;
        using var step = Source.StartActivity(ActivityKind.Internal, parent, tags, startTime: began, name: name);
        step?.SetEndTime((ended > began ? ended : began).UtcDateTime);
    }

    /// <summary>Tells of a session's whole life, which no single process may have lived through.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="start">What was accepted.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="endedAt">When.</param>
    public static void TellLife(string sessionId, SessionStart start, SessionOutcome outcome, DateTimeOffset endedAt) => Tell(
        "session",
        start.TraceParent,
        start.AcceptedAt,
        endedAt,
        new(SessionTag, sessionId),
        new("donmai.session.state", outcome.State.ToString().ToLowerInvariant()),
        new("donmai.provider", start.Decision.ChosenLlm),
        new("donmai.project", start.ProjectId));

    /// <summary>The words for a step, to be passed on: version 00, trace, step, flags.</summary>
    public static string Words(Activity step) =>
        $"00-{step.TraceId.ToHexString()}-{step.SpanId.ToHexString()}-{(byte)step.ActivityTraceFlags:x2}";

    /// <summary>The words for the step that is under way; <see langword="null"/> when there is none.</summary>
    public static string? WordsNow() => Activity.Current is { IdFormat: ActivityIdFormat.W3C } step ? Words(step) : null;

    /// <summary>The trace that <paramref name="traceParent"/> names; <see langword="null"/> when it names none.</summary>
    public static string? TraceId(string? traceParent) => Parse(traceParent)?.TraceId.ToHexString();

    /// <summary>Marks a step as failed.</summary>
    public static void Fail(this Activity step, Exception failure) => step.SetStatus(ActivityStatusCode.Error, failure.Message);

    private static ActivityContext? Parse(string? traceParent) =>
        traceParent is { Length: 55 } && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var context) ? context : null;

    private static Activity Unheard(string name, ActivityContext parent)
    {
        var step = new Activity(name);
        if (parent != default)
            step.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        else
            step.ActivityTraceFlags = ActivityTraceFlags.Recorded; // whoever listens later is to see all of it
        return step.Start();
    }
}
