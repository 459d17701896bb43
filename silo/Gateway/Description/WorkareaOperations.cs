using Donmai.Workareas;

namespace Donmai.Silo.Gateway.Description;

/// <summary>Work areas and their pool (workareas.md §4, §8).</summary>
internal static class WorkareaOperations
{
    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/api/daemon/workareas", "workareas", "The work areas of live sessions, and the archives")
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
            Parameters = [OperationParameter.Path("workareaId", "The session of a live one, the directory of an archive.")],
            Answers =
            [
                OperationAnswer.Success<WorkareaAnswer>("It is there.", """
                    {"workarea":{"id":"wa-7f03","kind":"archived","providerId":"local","sessionId":"ses_0a41","projectId":"acme-api","status":"archived","path":"/home/ana/.donmai/workareas/wa-7f03/tree","ref":"feature/ledger","repository":"github.com/acme/api","archiveLocation":"/home/ana/.donmai/workareas/wa-7f03","manifest":{"id":"wa-7f03","sessionId":"ses_0a41"}}}
                    """),
                OperationAnswer.Refusal(400, "The archive is corrupted.", """{"error":"archive corrupted: wa-7f03 has no tree"}"""),
                OperationAnswer.Refusal(404, "There is none of that id.", """{"error":"workarea not found","workareaId":"wa-7f03"}"""),
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
