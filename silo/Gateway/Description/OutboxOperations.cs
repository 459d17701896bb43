using Donmai.Platform;

namespace Donmai.Silo.Gateway.Description;

/// <summary>What sessions have still to tell the platform (docs/decisions/0020).</summary>
internal static class OutboxOperations
{
    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/api/daemon/outbox", "outbox", "What sessions have still to tell the platform")
        {
            Remarks = """
                Results of sessions whose workers found no platform, and what it refused for good; the activities of a session are one row. They are in the
                sessions' record directories and are tried again by themselves.
                """,
            Answers =
            [
                OperationAnswer.Success<OutboxList>("Always.", """
                    {"items":[{"id":"s-42-1779096600123-status","sessionId":"s-42","kind":"status","count":1,"state":"waiting","since":"2026-05-07T12:34:56Z","platformUrl":"https://app.example.com"}],"lastError":"https://app.example.com cannot be reached: Connection refused","nextAttemptAt":"2026-05-07T12:35:16Z"}
                    """),
            ],
        },
        new("POST", "/api/daemon/outbox/retry", "retryOutbox", "Tells the platform now")
        {
            Remarks = "Without a body everything that waits; with an id that request, also one that was refused, or everything of that session. The answer does not wait for the platform.",
            Body = new(typeof(OutboxRetryRequest), """{"id":"s-42-1779096600123-status"}"""),
            Answers =
            [
                OperationAnswer.Success<OutboxRetry>("It is tried.", """{"retried":1}"""),
                OperationAnswer.Refusal(404, "Nothing has that id.", """{"error":"nothing with the id 's-1' waits for the platform or was refused by it"}"""),
            ],
        },
        new("POST", "/api/daemon/outbox/discard", "discardOutbox", "Gives up what the platform does not have")
        {
            Remarks = "The request of that id, or everything of that session, whether it waits or was refused. What is being sent at this moment may still arrive.",
            Body = new(typeof(OutboxDiscardRequest), """{"id":"s-42-1779096600123-status"}"""),
            Answers =
            [
                OperationAnswer.Success<OutboxDiscard>("The platform is never told of it.", """{"discarded":1}"""),
                OperationAnswer.Refusal(404, "Nothing has that id.", """{"error":"nothing with the id 's-1' waits for the platform or was refused by it"}"""),
            ],
        },
    ];
}
