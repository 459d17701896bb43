using System.Diagnostics;
using Donmai.FakePlatform.Faults;
using Donmai.FakePlatform.Sessions;
using Donmai.Platform;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Scenarios S27 and T7: a real TERM while the platform takes every request and answers none.</summary>
public sealed class A_worker_that_is_told_to_end
{
    [Fact, Trait("spec", "WK-25"), Trait("spec", "WK-27"), Trait("spec", "WK-28")]
    public async Task It_ends_in_its_own_time_and_what_nobody_answered_is_delivered_once_later()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        bed.Installation.Environment["DONMAI_PLATFORM_TIMEOUT_SECONDS"] = "12"; // longer than the worker has
        bed.Agents.Hold("ses-1");
        bed.Queue("ses-1");
        await using var daemon = await RunningDaemon.Start(bed.Installation);
        await PlatformBed.Until(() => bed.Agents.IsHalfWay("ses-1"), "the agent to be half way");
        await PlatformBed.Until(() => bed.Platform.Sessions.Find("ses-1") is { Statuses.Count: > 0 }, "the platform to hear that it runs");
        bed.Platform.Faults.Add(new Fault { Kind = FaultKind.Stall, Path = "/api/sessions/*" });

        using (var worker = Process.GetProcessById(WorkerProcesses.Of((await daemon.Inspect("ses-1")).Pid)))
        {
            RunningProgram.Signal("TERM", worker.Id);
            await worker.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }

        await daemon.Ended("ses-1");
        var waiting = (await daemon.Get<OutboxList>("/api/daemon/outbox")).Items;
        waiting.Where(static row => row.Kind != "activity").Select(static row => (row.Kind, row.State)).ShouldBe([("completion", "waiting"), ("status", "waiting")]);
        bed.Platform.Sessions.Find("ses-1")!.IsTerminal.ShouldBeFalse("nobody has answered");
        bed.Platform.Faults.Clear();

        var session = await bed.Ended("ses-1", seconds: 120);
        await RunningDaemon.Until(async () => (await daemon.Get<OutboxList>("/api/daemon/outbox")).Items.Count == 0, "the outbox to be empty");
        session = bed.Platform.Sessions.Find("ses-1")!;
        session.State.ShouldBe(SessionState.Stopped);
        session.Statuses.Select(static status => status.Status).ShouldBe(["running", "stopped"]);
        session.Statuses[^1].Body.GetProperty("failureMode").GetString().ShouldBe("terminated");
        session.Completions.ShouldHaveSingleItem();
        Answered(bed, "status").ShouldBe(2);
        Answered(bed, "completion").ShouldBe(1);
    }

    private static int Answered(PlatformBed bed, string call) =>
        bed.Platform.Requests.Matching($"/api/sessions/ses-1/{call}").Count(static asked => asked.Status == 200);
}
