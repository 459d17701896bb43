using Donmai.Sessions;
using Donmai.Sessions.Events;
using Microsoft.OpenApi;

namespace Donmai.Silo.Gateway.Description;

/// <summary>Sessions (control-api.md §4.8–§4.11, docs/decisions/0004).</summary>
internal static class SessionOperations
{
    private const string Unknown = """{"error":"session not found","sessionId":"ses_0a41"}""";

    private static readonly OperationParameter Id = OperationParameter.Path("sessionId", "The session.");

    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/api/daemon/sessions", "sessions", "The live sessions")
        {
            Remarks = "By id in byte order; with `state=all` followed by the last 1000 that ended, the latest first.",
            Parameters = [OperationParameter.Query("state", "Adds the sessions that ended.", "all")],
            Answers =
            [
                OperationAnswer.Success<List<SessionHandle>>("Always.", """
                    [{"sessionId":"ses_0a41","pid":50122,"acceptedAt":"2026-05-07T12:30:11Z","state":"running","projectName":"acme-api","repository":"github.com/acme/api"}]
                    """),
            ],
        },
        new("POST", "/api/daemon/sessions", "accept", "Starts a session")
        {
            Remarks = """
                When the answer comes the worker's process runs, the session is in the lists of sessions and work areas, and its routing decision is recorded.
                A request that is refused leaves nothing behind.
                """,
            Body = new(
                typeof(SessionSpec),
                """{"sessionId":"ses_0a41","repository":"acme-api","ref":"feature/ledger","env":{"LOG_LEVEL":"debug"},"maxDurationSeconds":3600,"promptContext":"Fix the rounding."}""",
                "sessionId",
                "repository"),
            Answers =
            [
                OperationAnswer.Success<SessionHandle>(
                    "It runs.", """{"sessionId":"ses_0a41","pid":50122,"acceptedAt":"2026-05-07T12:30:11Z","state":"running","projectName":"acme-api","repository":"acme-api"}""", 202),
                OperationAnswer.Refusal(
                    400, "The body is malformed, the id or the repository is not usable, the daemon does not run or accepts no work, it is full, the repository is not allowed, or the worker does not start.", """{"error":"at capacity (2/2 sessions)"}"""),
                OperationAnswer.Refusal(409, "A session of that id is live; it is not touched.", """{"error":"session already active","sessionId":"ses_0a41"}"""),
            ],
        },
        new("GET", "/api/daemon/sessions/{sessionId}", "detail", "What the session's worker reads at its start")
        {
            Remarks = "Live sessions only. It holds the worker's credentials for the orchestrator.",
            Parameters = [Id],
            Answers =
            [
                OperationAnswer.Success<SessionDetail>("It lives.", """
                    {"sessionId":"ses_0a41","issueIdentifier":"ACME-318","projectName":"acme-api","repository":"https://github.com/acme/api","ref":"main","workType":"development","branch":"acme-318-ledger","workerId":"wkr_71c2","platformUrl":"https://orchestrator.example"}
                    """),
                OperationAnswer.Refusal(404, "No live session has that id.", Unknown),
            ],
        },
        new("GET", "/api/daemon/sessions/{sessionId}/inspect", "inspect", "Everything about a session that may be shown")
        {
            Remarks = "Live or ended.",
            Parameters = [Id],
            Answers =
            [
                OperationAnswer.Success<SessionInspection>("It is known.", """
                    {"sessionId":"ses_0a41","state":"completed","repository":"acme-api","provider":"claude","pid":50122,"acceptedAt":"2026-05-07T12:30:11Z","exitCode":0,"archiveId":"ses_0a41","lastEventSeq":42}
                    """),
                OperationAnswer.Refusal(404, "No session has that id.", Unknown),
            ],
        },
        new("GET", "/api/daemon/sessions/{sessionId}/events", "events", "What the agent does, live")
        {
            Remarks = """
                One JSON object a line, from the first event or after the one that is named, until the session has ended; server-sent events, with the event's
                number as `id`, when `Accept` names `text/event-stream`. An idle stream gets an empty line (or a comment) every 15 s. A stream that breaks off
                before the end is cut, so that nobody takes that for the end.
                """,
            Parameters =
            [
                Id,
                OperationParameter.Query("after", "Number of the last event that is known already.") with { IsNumber = true },
                new("Last-Event-ID", ParameterLocation.Header, "The same, as a browser sends it when it comes back; wins.") { IsNumber = true },
            ],
            Answers =
            [
                OperationAnswer.Success<AgentEvent>("It is known.", """{"kind":"assistant_text","text":"I fix the rounding.","seq":7}""") with { ContentType = "application/x-ndjson" },
                OperationAnswer.Refusal(400, "`after` is no number from 0.", """{"error":"after must be the number of an event, from 0: \"x\""}"""),
                OperationAnswer.Refusal(404, "No session has that id.", Unknown),
            ],
        },
        new("GET", "/api/daemon/sessions/{sessionId}/logs", "logs", "What the session's process prints")
        {
            Remarks = """
                Plain text, one line each: time, `stdout` or `stderr`, and the line, with a blank between. Secrets that the daemon knows are `[hidden]`; a line above
                64 KiB comes in parts that say so. Of a session that printed very much the beginning may be gone. A stream that breaks off before the end is cut.
                """,
            Parameters =
            [
                Id,
                OperationParameter.Query("follow", "Goes on until the session has ended.", "true"),
                OperationParameter.Query("tail", "Only so many of the lines that are there, the last.") with { IsNumber = true },
            ],
            Answers =
            [
                new(200, "It is known.", Type: null, "2026-05-07T12:30:12.042Z stdout cloning acme/api") { ContentType = "text/plain; charset=utf-8" },
                OperationAnswer.Refusal(400, "`tail` is no number from 0, or `follow` neither `true` nor `false`.", """{"error":"tail must be a number of lines, from 0: \"x\""}"""),
                OperationAnswer.Refusal(404, "No session has that id.", Unknown),
            ],
        },
        new("POST", "/api/daemon/sessions/{sessionId}/stop", "stop", "Stops a session")
        {
            Remarks = "Its process tree gets TERM, a grace period, then KILL; its work area is archived. Other sessions are not touched. Repeating it is harmless.",
            Parameters = [Id],
            Body = new(typeof(SessionStopBody), """{"reason":"wrong branch"}"""),
            Answers =
            [
                OperationAnswer.Success<SessionStopOutcome>("It is being stopped, or there is nothing to stop (`stopped` is false).", """{"sessionId":"ses_0a41","stopped":true,"mode":"operator-cancelled"}"""),
                OperationAnswer.Refusal(400, "The body is malformed.", """{"error":"invalid body: it is no JSON (line 1, column 1)"}"""),
            ],
        },
        new("POST", "/api/daemon/sessions/{sessionId}/inbox/{deliveryId}/ack", "acknowledgeInput", "Says that the agent has taken a message")
        {
            Remarks = "The worker says it once the message has become part of a turn; until then the detail's `inbox` shows it. Repeating it is harmless.",
            Parameters = [Id, OperationParameter.Path("deliveryId", "Id of the message, as the session's detail shows it.")],
            Answers =
            [
                OperationAnswer.Success<InboxAcknowledgement>(
                    "The message is not shown again, or there is none of that id (`acknowledged` is false).",
                    """{"sessionId":"ses_0a41","deliveryId":"dlv_7","acknowledged":true}"""),
                OperationAnswer.Refusal(404, "No live session has that id.", Unknown),
            ],
        },
    ];
}
