using Donmai.Daemon;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Scenario S29.</summary>
public sealed class A_daemon_that_drains
{
    [Fact]
    public async Task Says_so_with_every_beat_asks_for_nothing_more_and_gives_nothing_back()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        bed.Agents.Hold("ses-1");
        bed.Queue("ses-1");
        await using var daemon = await RunningDaemon.Start(bed.Installation);
        await PlatformBed.Until(() => bed.Agents.IsHalfWay("ses-1"), "the agent to be half way");

        await daemon.Post("/api/daemon/drain", """{"timeoutSeconds":60,"then":"stop"}""");

        await PlatformBed.Until(() => bed.Platform.Workers.All is [{ Status: "draining" }], "a beat that says draining");
        (await daemon.Get<DaemonStatus>("/api/daemon/status")).Status.ShouldBe("draining");
        var polls = bed.Platform.Workers.All[0].Polls;
        bed.Queue("ses-2");
        var beats = bed.Platform.Workers.All[0].Beats;
        await PlatformBed.Until(() => bed.Platform.Workers.All[0].Beats >= beats + 2, "two more beats");
        bed.Platform.Workers.All[0].Polls.ShouldBe(polls);
        bed.Agents.Release("ses-1");

        await bed.Ended("ses-1");
        await bed.HasHeardAllOf("ses-1");
        (await daemon.Program.Ended()).ExitCode.ShouldBe(0);
        bed.Platform.Requests.Matching("nack").ShouldBeEmpty();
        bed.Platform.Work.Waiting.ShouldBe(1);
    }
}
