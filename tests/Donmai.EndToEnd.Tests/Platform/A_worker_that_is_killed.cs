using System.Diagnostics;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Scenario S28: nobody of the session is left to tell how it ended.</summary>
public sealed class A_worker_that_is_killed
{
    [Fact]
    public async Task Its_end_is_told_by_the_daemon_once()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        bed.Agents.Hold("ses-1");
        bed.Queue("ses-1");
        await using var daemon = await RunningDaemon.Start(bed.Installation);
        await PlatformBed.Until(() => bed.Agents.IsHalfWay("ses-1"), "the agent to be half way");
        await PlatformBed.Until(() => bed.Platform.Sessions.Find("ses-1") is { Statuses.Count: > 0 }, "the platform to hear that it runs");

        using (var worker = Process.GetProcessById(WorkerProcesses.Of((await daemon.Inspect("ses-1")).Pid)))
            worker.Kill();

        var session = await bed.Ended("ses-1");
        session.State.ShouldBe(Donmai.FakePlatform.Sessions.SessionState.Failed);
        session.Statuses.Select(static status => status.Status).ShouldBe(["running", "failed"]);
        session.Completions.ShouldHaveSingleItem();
        (await daemon.Ended("ses-1")).State.ShouldBe(Donmai.Sessions.SessionState.Failed);
        var posts = bed.Platform.Requests.Matching("/api/sessions/ses-1/status").Count;
        await RunningDaemon.Until(async () => (await daemon.Get<Donmai.Platform.OutboxList>("/api/daemon/outbox")).Items.Count == 0, "the outbox to be empty");
        var heard = bed.Platform.Requests.Count;
        await bed.Platform.Requests.First("heartbeat", beat => beat.Number > heard).WaitAsync(TimeSpan.FromSeconds(20));
        bed.Platform.Requests.Matching("/api/sessions/ses-1/status").Count.ShouldBe(posts, "it is told once");
    }
}
