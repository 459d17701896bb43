using Donmai.Daemon;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Scenarios S2 and S30: nobody answers when the daemon starts, and for a while in between.</summary>
public sealed class A_platform_that_is_away
{
    [Fact, Trait("spec", "PA-11")]
    public async Task Keeps_no_daemon_from_starting_and_is_found_when_it_is_back()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        bed.Queue("ses-1");
        bed.Platform.Faults.GoDown(TimeSpan.FromHours(1));

        await using (var daemon = await RunningDaemon.Start(bed.Installation))
        {
            await PlatformBed.Until(() => bed.Platform.Requests.Matching("register").Count > 1, "it to be tried again");
            (await daemon.Get<DaemonStatus>("/api/daemon/status")).Status.ShouldBe("ready");
            bed.Platform.Faults.Clear();
            await bed.Ended("ses-1");
            await bed.HasHeardAllOf("ses-1");
            bed.Platform.Workers.Registrations.ShouldBe(1);

            bed.Platform.Faults.GoDown(TimeSpan.FromHours(1));
            var before = bed.Platform.Requests.Count;
            await bed.Platform.Requests.First("heartbeat", beat => beat.Number > before && beat.Status == 0).WaitAsync(TimeSpan.FromSeconds(30));
            bed.Platform.Faults.Clear();
            await daemon.Program.KillHard();
        }

        bed.Queue("ses-2");
        await using var next = await RunningDaemon.Start(bed.Installation);
        await bed.Ended("ses-2");
        await bed.HasHeardAllOf("ses-2");
        bed.Platform.Workers.Registrations.ShouldBe(1, "the next daemon goes on with what the former one was given");
        TokenSearch.InProcesses(bed);
        next.Program.Signal("TERM");
        (await next.Program.Ended()).ExitCode.ShouldBe(0);
        TokenSearch.InFiles(bed);
    }
}
