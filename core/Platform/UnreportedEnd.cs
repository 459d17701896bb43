using Donmai.Platform;
using Donmai.Sessions;

namespace Donmai.Core.Platform;

/// <summary>The result of a session whose worker did not get to report one.</summary>
internal static class UnreportedEnd
{
    private const string Failed = "failed";
    private const string WorkerCrashed = "worker-crashed";

    /// <summary>What can be said of it: the worker's own words as far as it left some.</summary>
    public static SessionResult Of(SessionLeavings leavings)
    {
        if (leavings.Record is { } record)
            return record.Result ?? new SessionResult
            {
                SessionId = leavings.SessionId,
                Status = record.Status,
                FailureMode = record.FailureMode,
                ExitReason = record.ExitReason,
                Error = record.Error,
                WorktreePath = record.WorktreePath,
                ProviderSessionId = record.ProviderSessionId,
                Attempt = record.Attempt,
            };
        return new SessionResult
        {
            SessionId = leavings.SessionId,
            Status = leavings.Status.Length > 0 ? leavings.Status : Failed,
            FailureMode = leavings.Status == Failed ? WorkerCrashed : leavings.StopMode,
            ExitReason = WorkerCrashed,
            Error = leavings.Reason,
        };
    }
}
