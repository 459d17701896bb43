using Donmai.Routing;

namespace Donmai.Silo.Gateway.Description;

/// <summary>Routing (routing.md §3, §4).</summary>
internal static class RoutingOperations
{
    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/api/daemon/routing/config", "routingConfig", "How sessions are routed, and what was learnt")
        {
            Remarks = """
                Runtimes by id, each followed by its models that were seen. `alpha` and `beta` are the Beta posterior of success; `selectionCount` counts
                the recent decisions only, so it can fall.
                """,
            Answers =
            [
                OperationAnswer.Success<RoutingConfigAnswer>("Always.", """
                    {"config":{"capabilityFilters":[{"field":"arch","op":"in","value":"arm64,x86_64"}],"weights":{"cost":0.7,"latency":0.3},"sandboxProviders":[{"providerId":"local","alpha":3,"beta":1,"recentScore":1,"recentCostCents":21.5,"recentLatencyMs":184000,"selectionCount":2}],"llmProviders":[{"providerId":"claude","alpha":3,"beta":1,"recentScore":1,"recentCostCents":21.5,"recentLatencyMs":184000,"selectionCount":1},{"providerId":"codex","alpha":1,"beta":1,"selectionCount":0}],"recentDecisions":[{"sessionId":"ses_0a41","chosenSandbox":"local","chosenLLM":"claude","score":0.71,"decidedAt":"2026-05-07T12:30:11.402117Z"}],"capturedAt":"2026-05-07T12:34:56.7Z","ordering":"thompson"}}
                    """),
            ],
        },
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
        new("POST", "/api/daemon/routing/simulate", "simulateRouting", "Draws decisions without recording any")
        {
            Remarks = """
                `draws` is 10,000 unless it says another number, at most 100,000. `suppose` takes values in place of what was learnt; `ordering` takes the
                place of the configured one. The same seed gives the same answer as long as nothing else has changed.
                """,
            Body = new(typeof(RoutingSimulationRequest), """{"projectId":"acme-api","draws":1000,"seed":7,"suppose":[{"providerId":"codex","alpha":20,"beta":2,"costCents":12}]}"""),
            Answers =
            [
                OperationAnswer.Success<RoutingSimulation>("Always; a session that would be refused has a `refusal`.", """
                    {"draws":1000,"seed":7,"ordering":"thompson","shares":[{"providerId":"codex","count":903,"share":0.903,"alpha":20,"beta":2,"costCents":12,"latencyMs":0},{"providerId":"claude","count":97,"share":0.097,"alpha":3,"beta":1,"costCents":21.5,"latencyMs":184000}],"example":{"sessionId":"","decision":{"sessionId":"","chosenSandbox":"local","chosenLLM":"codex","score":0.62,"decidedAt":"2026-05-07T12:34:56.7Z"},"trace":[]}}
                    """),
                OperationAnswer.Refusal(400, "A value is out of its range.", """{"error":"alpha and beta of codex must be at least 1"}"""),
            ],
        },
    ];
}
