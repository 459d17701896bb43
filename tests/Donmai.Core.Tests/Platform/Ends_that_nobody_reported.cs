using Donmai.Core.Platform;
using Donmai.Platform;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Platform;

public sealed class Ends_that_nobody_reported
{
    [Theory, Trait("spec", "WK-25")]
    [InlineData("failed", null, "failed", "worker-crashed")]
    [InlineData("", null, "failed", "worker-crashed")]
    [InlineData("stopped", "operator-cancelled", "stopped", "operator-cancelled")]
    [InlineData("stopped", "drained", "stopped", "drained")]
    [InlineData("stopped", "timeout", "failed", "timeout")]
    [InlineData("stopped", "no-progress", "failed", "no-progress")]
    public void A_worker_without_last_words_is_spoken_for(string seen, string? stopMode, string status, string mode)
    {
        var end = UnreportedEnd.Of(new SessionLeavings { SessionId = "s", RecordPath = "/r", Status = seen, StopMode = stopMode, Reason = "why" });
        (end.Status, end.FailureMode, end.Error).ShouldBe((status, mode, "why"));
    }

    [Fact, Trait("spec", "WK-25")]
    public void Its_own_words_come_first()
    {
        var record = new WorkerExitRecord { Status = "stopped", FailureMode = "terminated", Error = "a signal", Attempt = 2 };
        var leavings = new SessionLeavings { SessionId = "s", RecordPath = "/r", Status = "failed", Record = record };
        var end = UnreportedEnd.Of(leavings);
        (end.Status, end.FailureMode, end.Error, end.Attempt).ShouldBe(("stopped", "terminated", "a signal", 2));
        var result = new SessionResult { Status = "completed", Summary = "Done." };
        UnreportedEnd.Of(leavings with { Record = record with { Result = result } }).ShouldBeSameAs(result);
    }
}
