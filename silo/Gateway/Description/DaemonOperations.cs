using Donmai.Daemon;
using Donmai.Platform;

namespace Donmai.Silo.Gateway.Description;

/// <summary>The daemon itself (control-api.md §4.1–§4.3, §4.6, §4.12–§4.14).</summary>
internal static class DaemonOperations
{
    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/healthz", "health", "Whether the daemon answers at all")
        {
            Remarks = "Whatever its state, and also to other users of the machine.",
            Answers = [new(200, "It does.", Type: null, "ok") { ContentType = "text/plain; charset=utf-8" }],
        },
        new("GET", "/api/daemon/status", "status", "The daemon at a glance")
        {
            Remarks = """
                `status` is `starting`, `recovering`, `ready`, `paused`, `draining`, `updating`, `stopped` or `failed`; print a value you do not know as it
                is. It is never `ready` while work would be refused.
                """,
            Answers =
            [
                OperationAnswer.Success<DaemonStatus>("Always.", """
                    {"status":"ready","version":"1.4.0","machineId":"studio-7","pid":48211,"uptimeSeconds":7385,"activeSessions":2,"maxSessions":6,"projectsAllowed":3,"timestamp":"2026-05-07T12:34:56Z","engine":"Microsoft Orleans 10.4.2"}
                    """),
            ],
        },
        new("GET", "/api/daemon/stats", "stats", "Load, capacity and standing at the orchestrator")
        {
            Parameters =
            [
                OperationParameter.Query("pool", "Adds `pool`, unless the pool cannot be looked at.", "true"),
                OperationParameter.Query("byMachine", "Adds `byMachine`: this machine.", "true"),
            ],
            Answers =
            [
                OperationAnswer.Success<DaemonStats>("Always.", """
                    {"capacity":{"maxConcurrentSessions":6,"maxVCpuPerSession":4,"maxMemoryMbPerSession":8192,"reservedVCpu":4,"reservedMemoryMb":16384},"activeSessions":2,"queueDepth":0,"timestamp":"2026-05-07T12:34:56Z","workerId":"wkr_71c2","registration":{"status":"idle","lastHeartbeatAt":"2026-05-07T12:34:41Z","heartbeatRunning":true,"pollRunning":true},"allowedProjects":["github.com/acme/api","github.com/acme/web"]}
                    """),
            ],
        },
        new("GET", "/api/daemon/capacity", "capacity", "The capacity, and what of it can be changed")
        {
            Answers =
            [
                OperationAnswer.Success<CapacityReport>("Always.", """
                    {"capacity":{"maxConcurrentSessions":3,"maxVCpuPerSession":4,"maxMemoryMbPerSession":8192,"reservedVCpu":4,"reservedMemoryMb":16384},"poolMaxDiskGb":100,"settableKeys":["capacity.maxConcurrentSessions","capacity.poolMaxDiskGb"],"timestamp":"2026-05-07T12:34:56Z"}
                    """),
            ],
        },
        new("POST", "/api/daemon/capacity", "setCapacity", "Changes a setting of the capacity")
        {
            Remarks = """
                In `daemon.yaml` first, where everything else stays as it is, then in force. Running sessions are not touched. `capacity.maxConcurrentSessions`
                counts for sessions accepted from now on, 0 accepts none; `capacity.poolMaxDiskGb` is in GiB, 0 means no limit.
                """,
            Body = new(typeof(CapacityChange), """{"key":"capacity.maxConcurrentSessions","value":"3"}""", "key", "value"),
            Refusals = typeof(CapacityChangeAnswer),
            Answers =
            [
                OperationAnswer.Success<CapacityChangeAnswer>("It is in force and in the file.", """{"ok":true,"key":"capacity.maxConcurrentSessions","value":"3","message":"applied"}"""),
                OperationAnswer.NotChanged(400, "The body is malformed (then `key` and `value` are empty), the value is no integer from 0, or the key is not known; in this order.", """{"ok":false,"key":"capacity.colour","value":"3","message":"unknown key"}"""),
                OperationAnswer.NotChanged(500, "`daemon.yaml` cannot be written; nothing was changed."),
            ],
        },
        new("GET", "/api/daemon/heartbeat", "heartbeat", "The heartbeat composed last")
        {
            Remarks = "Empty texts and zeros when there was none.",
            Answers =
            [
                OperationAnswer.Success<Heartbeat>("Always.", """
                    {"workerId":"wkr_71c2","hostname":"studio-7","status":"busy","sentAt":"2026-05-07T12:34:41Z","activeSessions":6,"maxSessions":6,"region":"lab-east","allowlistHash":"d55c2eeb79bc6a9166862cfaa5badc654101c8064e4787634acf21223257800b"}
                    """),
            ],
        },
        new("GET", "/api/daemon/doctor", "doctor", "Health of the daemon and of what it depends on")
        {
            Remarks = "A check that fails changes nothing about the status code. Every check is given at most 2 s.",
            Answers =
            [
                OperationAnswer.Success<DoctorReport>("Always.", """
                    {"state":"running","version":"1.4.0","configLoaded":true,"machineId":"studio-7","workerId":"wkr_71c2","projectCount":3,"orchestratorUrl":"https://orchestrator.example","heartbeat":true,"timestamp":"2026-05-07T12:34:56Z","engine":"Microsoft Orleans 10.4.2","checks":[{"name":"config","ok":true,"detail":"/home/ana/.donmai/daemon.yaml"}],"hostChecks":[{"name":"clock","ok":true,"detail":"synchronised"}]}
                    """),
            ],
        },
        new("GET", "/api/daemon/capabilities", "capabilities", "What the machine can do")
        {
            Answers =
            [
                OperationAnswer.Success<CapabilityList>("Always; `provides` is empty until the daemon has looked.", """
                    {"provides":[{"kind":"native"},{"kind":"http"},{"kind":"host-binary"},{"kind":"workarea"},{"kind":"npm"},{"kind":"mcp-server"}],"timestamp":"2026-05-07T12:34:56Z"}
                    """),
            ],
        },
    ];
}
