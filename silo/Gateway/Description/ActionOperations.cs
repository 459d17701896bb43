using Donmai.Daemon;

namespace Donmai.Silo.Gateway.Description;

/// <summary>What the daemon can be told to do (control-api.md §4.4, §4.5).</summary>
internal static class ActionOperations
{
    /// <summary>The operations in reading order.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        Action("pause", "No new work; sessions go on", "Immediate. Pausing a paused daemon is no error.", "paused"),
        Action("resume", "New work again", "Immediate. It also gives up a drain that was asked for by itself, and what it waits for.", "resumed"),
        Action("drain", "Waits for the running sessions, without new work", """
            The answer comes at once. `status` is `draining` while sessions are waited for. At the deadline the rest is ended: TERM, a grace period, KILL.
            Then follows what `then` says: `pause`, `stop` as below, or `none`, which accepts work again.
            """, "drain initiated (timeout 45s)") with
        {
            Body = new(typeof(DrainRequest), """{"timeoutSeconds":45,"then":"pause"}"""),
            Answers =
            [
                OperationAnswer.Success<DaemonActionAnswer>("It waits.", """{"ok":true,"message":"drain initiated (timeout 45s)"}"""),
                OperationAnswer.NotDone(400, "The body is malformed, `timeoutSeconds` is negative, or `then` is not one of the words above.", """{"ok":false,"message":"timeoutSeconds must be >= 0"}"""),
                NotNow("drain"),
            ],
        },
        Action("stop", "Ends the daemon", """
            The answer comes before the end: the daemon waits for its sessions as a drain does, then exits with 0. Repeating it is harmless. The control API
            answers until the daemon has stopped.
            """, "stopping") with
        {
            Parameters = [OperationParameter.Query("sessions", "Leaves the sessions running, for the next start to find, instead of waiting for them.", "keep")],
            Answers = [OperationAnswer.Success<DaemonActionAnswer>("It is stopping.", """{"ok":true,"message":"stopping"}""")],
        },
        Action("update", "Looks for an update and installs it", """
            The answer comes at once; `lastUpdate` of `GET /api/daemon/doctor` tells the outcome. The update is downloaded and verified first; only when there is
            something to install are the sessions waited for. After an update the daemon exits with 3, which means: start me again.
            """, "update initiated") with
        {
            Answers =
            [
                OperationAnswer.Success<DaemonActionAnswer>("It looks.", """{"ok":true,"message":"update initiated"}"""),
                OperationAnswer.NotDone(409, "One is under way, no configuration is loaded, or the daemon is starting or stopping.", """{"ok":false,"message":"update already in progress"}"""),
            ],
        },
    ];

    private static Operation Action(string name, string summary, string remarks, string message) =>
        new("POST", "/api/daemon/" + name, name is "stop" ? "stopDaemon" : name, summary)
        {
            Remarks = remarks,
            Refusals = typeof(DaemonActionAnswer),
            Answers = [OperationAnswer.Success<DaemonActionAnswer>("Done.", $$"""{"ok":true,"message":"{{message}}"}"""), NotNow(name)],
        };

    private static OperationAnswer NotNow(string action) => OperationAnswer.NotDone(
        409, "The daemon is starting, stopping, updating or stopped; its state stays as it is.", $$"""{"ok":false,"message":"cannot {{action}} while updating"}""");
}
