using Donmai.Routing;

namespace Donmai.Silo.Gateway.Description;

/// <summary>Routing decisions (routing.md §4).</summary>
internal static class RoutingOperations
{
    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/api/daemon/routing/explain/{sessionId}", "explain", "Why a session ran where it ran")
        {
            Remarks = "The session need not be live.",
            Parameters = [OperationParameter.Path("sessionId", "The session.")],
            Answers =
            [
                OperationAnswer.Success<RoutingExplanation>("The decision is known.", """
                    {"sessionId":"ses_0a41","decision":{"sessionId":"ses_0a41","chosenSandbox":"local","chosenLLM":"claude","score":0,"decidedAt":"2026-05-07T12:30:11.402117Z"},"trace":[{"step":1,"phase":"capability-filter","dimension":"sandbox","remaining":["local"],"note":"only candidate is local"}]}
                    """),
                OperationAnswer.Refusal(404, "No decision is known for that session.", """{"error":"routing decision not found","sessionId":"ses_0a41"}"""),
            ],
        },
    ];
}
