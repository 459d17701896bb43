using Donmai.Providers;

namespace Donmai.Silo.Gateway.Description;

/// <summary>What sessions can be run with (control-api.md §6).</summary>
internal static class ProviderOperations
{
    private const string Claude =
        """{"id":"claude","name":"claude","version":"1.4.0","family":"agent-runtime","scope":"global","status":"ready","source":"bundled","trust":"unsigned","manifestOk":true,"capabilities":{"supportsMessageInjection":false,"supportsSessionResume":true,"supportsToolPlugins":true,"emitsSubagentEvents":true,"toolPermissionFormat":"claude","humanLabel":"Claude"}}""";

    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/api/daemon/providers", "providers", "What sessions can be run with")
        {
            Remarks = """
                By id in byte order. `status` is `ready`, `degraded`, `unhealthy` or `inactive`; `detail` says why one is not ready, and what to do;
                `location` is the path of its program or the address of its server. Answered from what was found last.
                """,
            Parameters =
            [
                OperationParameter.Query("family", "Only this family; an unknown one gives an empty list."),
                OperationParameter.Query("refresh", "Looks at the machine anew.", "true"),
            ],
            Answers =
            [
                OperationAnswer.Success<ProviderList>("Always.", $$"""{"providers":[{{Claude}}],"partialCoverage":true,"coveredFamilies":["agent-runtime"]}"""),
            ],
        },
        new("GET", "/api/daemon/providers/{providerId}", "provider", "One provider")
        {
            Remarks = "An id that several families know means the agent runtime first.",
            Parameters =
            [
                OperationParameter.Path("providerId", "The provider."),
                OperationParameter.Query("refresh", "Looks at it anew.", "true"),
            ],
            Answers =
            [
                OperationAnswer.Success<ProviderAnswer>("It is known.", $$"""{"provider":{{Claude}}}"""),
                OperationAnswer.Refusal(404, "Nothing has that id.", """{"error":"provider not found","providerId":"claude/extra"}"""),
            ],
        },
    ];
}
