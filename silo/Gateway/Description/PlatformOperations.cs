using Donmai.Platform;

namespace Donmai.Silo.Gateway.Description;

/// <summary>The link to the orchestrator (additive routes, docs/platform.md).</summary>
internal static class PlatformOperations
{
    private const string Standing =
        """{"mode":"real","state":"registered","url":"https://orchestrator.example","workerId":"wkr_71c2","source":"register","registeredAt":"2026-05-07T10:30:00Z","refreshedAt":"2026-05-07T12:18:00Z","tokenExpiresAt":"2026-05-07T13:18:00Z","heartbeatIntervalMs":30000,"pollIntervalMs":1500,"nextAttemptAt":"2026-05-07T13:06:00Z"}""";

    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/api/daemon/platform", "platform", "Registration, heartbeat and polls")
        {
            Remarks = """
                `registration.state` is `starting`, `registered`, `unreachable` (tried again within a minute), `refused` (tried again every five minutes and when
                the configuration changes), `forgotten`, `stub` or `local`. There is never a token in it.
                """,
            Answers =
            [
                OperationAnswer.Success<PlatformReport>("Always.", $$$"""
                    {"registration":{{{Standing}}},"heartbeat":{"running":true,"intervalMs":30000,"lastSuccessAt":"2026-05-07T12:34:41Z","missed":0,"unreachable":false,"hostStatus":{"status":"ok"}},"poll":{"running":true,"intervalMs":2000,"lastSuccessAt":"2026-05-07T12:34:55Z","failures":0,"queueDepth":0,"accepted":12,"refused":1,"repeated":0},"timestamp":"2026-05-07T12:34:56Z","outbox":0}
                    """),
            ],
        },
        new("POST", "/api/daemon/platform/register", "registerPlatform", "Registers the machine anew, now")
        {
            Remarks = """
                Whatever is cached. When the orchestrator refuses or is away, the answer says so in `lastError` and the credentials stay as they are; without an
                orchestrator, and for a stub, nothing happens.
                """,
            Answers = [OperationAnswer.Success<PlatformStanding>("How the daemon stands now.", Standing)],
        },
        new("POST", "/api/daemon/platform/forget", "forgetPlatform", "Wipes the registration and its cache")
        {
            Remarks = "Running sessions of the orchestrator cannot report to it any more. The machine is registered again by `register`, or at the next start.",
            Answers = [OperationAnswer.Success<PlatformForgotten>("It is wiped; whether there was anything to wipe.", """{"forgotten":true}""")],
        },
    ];
}
