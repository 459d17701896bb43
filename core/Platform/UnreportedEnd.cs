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
        var isLimit = leavings.StopMode is SessionStopMode.Timeout or SessionStopMode.NoProgress; // nobody asked for it (worker.md §2.4)
        return new SessionResult
        {
            SessionId = leavings.SessionId,
            Status = isLimit || leavings.Status.Length == 0 ? Failed : leavings.Status,
            FailureMode = leavings.StopMode ?? WorkerCrashed,
            ExitReason = leavings.StopMode ?? WorkerCrashed,
            Error = leavings.Reason,
        };
    }
}
