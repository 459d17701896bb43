using Donmai.FakePlatform.Sessions;
using Donmai.FakePlatform.Workers;
using Donmai.Platform;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Scenarios S6 and S26: a platform that does not know the machine any more, or gives its session to another one.</summary>
public sealed class A_platform_that_forgets
{
    [Fact, Trait("spec", "PA-10"), Trait("spec", "PA-13")]
    public async Task S6_the_machine_is_registered_anew_once_for_both_loops_and_the_session_goes_on_in_the_new_name()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        bed.Agents.Hold("ses-1");
        bed.Queue("ses-1");
        await using (var first = await RunningDaemon.Start(bed.Installation))
        {
            await PlatformBed.Until(() => bed.Agents.IsHalfWay("ses-1"), "the agent to be half way");
            await first.Program.KillHard(); // its registration was a moment ago; the next daemon's is kept and old
        }

        await using var daemon = await RunningDaemon.Start(bed.Installation);
        foreach (var loop in Loops)
            await Next(bed, loop, "wkr_1");
        bed.Platform.Workers.SetRefresh(RefreshMode.Missing);
        bed.Platform.Workers.ForgetWorker("wkr_1");

        foreach (var loop in Loops)
            await Next(bed, loop, "wkr_2");
        foreach (var loop in Loops)
            await Next(bed, loop, "wkr_2");
        bed.Agents.Release("ses-1");
        var session = await bed.Ended("ses-1");
        await bed.HasHeardAllOf("ses-1");

        bed.Platform.Workers.Registrations.ShouldBe(2, "one anew although both were told that nobody knows them");
        bed.Platform.Workers.All.ShouldHaveSingleItem().Id.ShouldBe("wkr_2");
        session.Statuses[^1].WorkerId.ShouldBe("wkr_2");
        (await daemon.Get<PlatformReport>("/api/daemon/platform")).Registration.WorkerId.ShouldBe("wkr_2");
    }

    [Fact]
    public async Task S26_a_session_that_is_another_s_by_now_is_stopped_and_its_worker_tells_nothing_but_that()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        bed.Agents.Hold("ses-1");
        bed.Queue("ses-1");
        await using var daemon = await RunningDaemon.Start(bed.Installation);
        await PlatformBed.Until(() => bed.Agents.IsHalfWay("ses-1"), "the agent to be half way");
        await PlatformBed.Until(() => bed.Platform.Sessions.Find("ses-1") is { Statuses.Count: > 0, LockRefreshes: > 0 }, "the platform to hear that it runs");

        bed.Platform.Sessions.TakeAway("ses-1");

        (await daemon.Ended("ses-1")).State.ShouldBe(Donmai.Sessions.SessionState.Failed);
        await RunningDaemon.Until(async () => (await daemon.Get<OutboxList>("/api/daemon/outbox")).Items.Count == 0, "the outbox to be empty");
        var session = bed.Platform.Sessions.Find("ses-1")!;
        (session.State, session.LockRefreshes).ShouldBe((SessionState.Failed, 3), "it is asked for at the start, after 30 s, and once more to be sure");
        session.Statuses.Select(static status => status.Status).ShouldBe(["running", "failed"]);
        session.Statuses[^1].Body.GetProperty("failureMode").GetString().ShouldBe("lost-ownership");
        session.Completions.ShouldBeEmpty("its end is the other one's to tell");
        bed.Platform.Issues.Calls.ShouldBeEmpty();
    }

    private static readonly string[] Loops = ["heartbeat", "poll"];

    // The next answered request of a loop in a worker's name.
    private static async Task Next(PlatformBed bed, string loop, string workerId)
    {
        var before = bed.Platform.Requests.Count;
        await bed.Platform.Requests.First(loop, asked => asked.Number > before && asked.Status == 200 && asked.Credential.WorkerId == workerId).WaitAsync(TimeSpan.FromSeconds(60));
    }
}
