using Donmai.Workareas;

namespace Donmai.Silo.Gateway.Description;

/// <summary>Work areas and their pool (workareas.md §4, §5, §6, §8).</summary>
internal static class WorkareaOperations
{
    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/api/daemon/workareas", "workareas", "The work areas of live sessions and restored ones, and the archives")
        {
            Remarks = "Each by id in byte order. A corrupted archive is a row with its `disposition`, not an error.",
            Answers =
            [
                OperationAnswer.Success<WorkareaList>("Always.", """
                    {"active":[{"id":"ses_0b77","kind":"active","providerId":"local","sessionId":"ses_0b77","projectId":"acme-web","status":"ready","ref":"main","repository":"acme-web","ageSeconds":285}],"archived":[{"id":"wa-7f03","kind":"archived","providerId":"local","sessionId":"ses_0a41","projectId":"acme-api","status":"archived","ref":"feature/ledger","repository":"github.com/acme/api","sizeBytes":48210332,"sourceProvider":"local","disposition":"failed"}]}
                    """),
            ],
        },
        new("GET", "/api/daemon/workareas/{workareaId}", "workarea", "One work area in full")
        {
            Parameters = [OperationParameter.Path("workareaId", "The session of a live one, the id of a restored one, the directory of an archive.")],
            Answers =
            [
                OperationAnswer.Success<WorkareaAnswer>("It is there.", """
                    {"workarea":{"id":"wa-7f03","kind":"archived","providerId":"local","sessionId":"ses_0a41","projectId":"acme-api","status":"archived","path":"/home/ana/.donmai/workareas/wa-7f03/tree","ref":"feature/ledger","repository":"github.com/acme/api","archiveLocation":"/home/ana/.donmai/workareas/wa-7f03","manifest":{"id":"wa-7f03","sessionId":"ses_0a41"}}}
                    """),
                OperationAnswer.Refusal(400, "The archive is corrupted.", """{"error":"archive corrupted: wa-7f03 has no tree"}"""),
                OperationAnswer.Refusal(404, "There is none of that id.", """{"error":"workarea not found","workareaId":"wa-7f03"}"""),
            ],
        },
        new("GET", "/api/daemon/workareas/{older}/diff/{newer}", "diff", "What differs between two archives")
        {
            Remarks = """
                In byte order of the paths. A difference of more entries than `workarea.diffStreamingThreshold` comes as `application/x-ndjson`, as it is found: a
                [WorkareaDifference](#workareadifference) a line, and `{"summary":…}` in the last, or `{"error":…}` when the work failed on the way. Without a summary it is
                not whole. The daemon's work ends when the connection does.
                """,
            Parameters =
            [
                OperationParameter.Path("older", "The archive that is A, the old side."),
                OperationParameter.Path("newer", "The archive that is B, the new side."),
            ],
            Answers =
            [
                OperationAnswer.Success<WorkareaDiffAnswer>("Both are there.", """
                    {"diff":{"summary":{"workareaA":"wa-7f03","workareaB":"wa-8c10","added":1,"removed":1,"modified":1,"total":3},"entries":[{"path":"cmd/api/main.go","status":"modified","sizeA":812,"sizeB":955,"modeA":"-rw-r--r--","modeB":"-rw-r--r--","hashA":"0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f","hashB":"a3a5e715f0cc574a73c3f9bebb6bc24f32ffd5b67b387244c2c909da779a1478"},{"path":"docs","status":"removed","modeA":"drwxr-xr-x"},{"path":"tools/lint.sh","status":"added","sizeB":77,"modeB":"-rwxr-xr-x","hashB":"8d74beec1be996322ad76813bafb92d40839895d6dd7ee808b17ca201eac98be"}]}}
                    """),
                OperationAnswer.Refusal(400, "An archive is corrupted.", """{"error":"archive corrupted: tree of \"wa-7f03\" is missing"}"""),
                OperationAnswer.Refusal(404, "There is no archive of that id; a live work area is none.", """{"error":"workarea not found","workareaId":"ses_0b77"}"""),
            ],
        },
        new("POST", "/api/daemon/workareas/{archiveId}/restore", "restoreWorkarea", "Makes a tree of an archive that can be worked in")
        {
            Remarks = "All of the body may be left out. The copy is made before the answer, however long that takes, and to its end even when the "
                + "client goes away. Several at once are allowed and give several work areas.",
            Parameters = [OperationParameter.Path("archiveId", "The archive.")],
            Body = new(typeof(WorkareaRestore), """{"reason":"inspect failed migration","intoSessionId":"ses_debug_1"}"""),
            Answers =
            [
                OperationAnswer.Success<WorkareaAnswer>("It is there.", """
                    {"workarea":{"id":"wa-7f03-restore-1778157296118000000","kind":"active","providerId":"local","sessionId":"ses_debug_1","projectId":"acme-api","status":"ready","path":"/home/ana/.donmai/workareas-restored/wa-7f03-restore-1778157296118000000","ref":"feature/ledger","repository":"github.com/acme/api","acquiredAt":"2026-05-07T12:34:56.118+00:00","archiveLocation":"/home/ana/.donmai/workareas/wa-7f03","manifest":{"id":"wa-7f03","sessionId":"ses_0a41"}}}
                    """, 201),
                OperationAnswer.Refusal(400, "The body is malformed, or the archive corrupted: unreadable, without tree, with special files.", """{"error":"archive corrupted: tree of \"wa-7f03\" is missing"}"""),
                OperationAnswer.Refusal(404, "There is no archive of that id.", """{"error":"workarea not found","workareaId":"wa-7f03"}"""),
                OperationAnswer.Refusal(409, "A live session or a restored work area has `intoSessionId`.", """{"error":"restore: intoSessionId \"ses_9\" already in use: conflict"}"""),
                OperationAnswer.Refusal(500, "The disk refused; nothing was kept. Or a defect of the daemon.", """{"error":"restore failed, nothing was kept: src/a cannot be copied: No space left on device"}"""),
                OperationAnswer.Refusal(503, "There is no room now. `Retry-After` says, in seconds, when to try again.", """{"error":"restore: service unavailable (pool saturated): 8 of 8 places are taken by live sessions and restored work areas; remove one, or raise capacity.maxConcurrentSessions"}"""),
            ],
        },
        new("DELETE", "/api/daemon/workareas/{workareaId}", "removeWorkarea", "Removes a restored work area or an archive")
        {
            Remarks = "It is out of sight at once. The tree of a live session is the session's and cannot be removed.",
            Parameters = [OperationParameter.Path("workareaId", "The restored work area or the archive.")],
            Answers =
            [
                new OperationAnswer(204, "It is gone.", null),
                OperationAnswer.Refusal(400, "A link stands in the archive's place.", """{"error":"archive corrupted: archive \"wa-7f03\" is a symbolic link"}"""),
                OperationAnswer.Refusal(404, "There is none of that id, or it is a live session's.", """{"error":"workarea not found","workareaId":"wa-7f03"}"""),
                OperationAnswer.Refusal(409, "A live session uses it, or the archive is being restored or compared.", """{"error":"workarea \"wa-7f03-restore-1778157296118000000\" is in use by session \"ses_debug_1\"; end that first"}"""),
                OperationAnswer.Refusal(500, "The disk refused, or a defect of the daemon.", """{"error":"removal failed: the disk is read-only"}"""),
            ],
        },
        new("GET", "/api/daemon/pool/stats", "poolStats", "The pool of prepared work areas")
        {
            Remarks = "A pool that cannot be looked at is empty and has an `error`.",
            Answers =
            [
                OperationAnswer.Success<PoolStats>("Always.", """
                    {"members":[{"id":"local:acme-api:1","repository":"github.com/acme/api","ref":"3f1c9e2","toolchainKey":"go-1.23","status":"ready","cleanStateChecksum":"c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646","createdAt":"2026-05-01T08:00:00Z","lastAcquiredAt":"2026-05-06T19:20:00Z","diskUsageMb":1840}],"totalMembers":1,"readyMembers":1,"acquiredMembers":0,"warmingMembers":0,"invalidMembers":0,"totalDiskUsageMb":1840,"timestamp":"2026-05-07T12:34:56Z"}
                    """),
            ],
        },
        new("POST", "/api/daemon/pool/evict", "evict", "Removes old members of the pool")
        {
            Remarks = "They cannot be acquired any more when the answer comes, and are deleted afterwards. What a session holds is never removed.",
            Body = new(typeof(PoolEviction), """{"repoUrl":"https://github.com/acme/api.git","olderThanSeconds":604800}""", "repoUrl", "olderThanSeconds"),
            Answers =
            [
                OperationAnswer.Success<PoolEvictionAnswer>(
                    "They are removed; none is no error.", """{"evicted":2,"message":"2 pool members scheduled for removal","correlationId":"b1f0c3de-5a0d-4e41-9a57-1d0f3a5f6a11"}"""),
                OperationAnswer.Refusal(400, "The body is malformed, `repoUrl` is missing, or `olderThanSeconds` is not over 0.", """{"error":"repoUrl is required"}"""),
                OperationAnswer.Refusal(500, "The pool cannot be changed, or a defect of the daemon.", """{"error":"evict failed: the disk is read-only"}"""),
            ],
        },
    ];
}
