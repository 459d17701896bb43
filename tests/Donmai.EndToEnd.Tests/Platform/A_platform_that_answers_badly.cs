using Donmai.Daemon;
using Donmai.FakePlatform;
using Donmai.FakePlatform.Faults;

namespace Donmai.EndToEnd.Tests.Platform;

/// <summary>Answers that are no answers: the daemon says what is wrong, and goes on.</summary>
public sealed class A_platform_that_answers_badly
{
    private static readonly Fault[] BadAnswers =
    [
        new() { Kind = FaultKind.Garbage, Body = "<html>Welcome to the hotel network</html>" },
        new() { Kind = FaultKind.Garbage, Body = """{"work":{"not":"a list"}}""" },
        new() { Kind = FaultKind.Truncated },
        new() { Kind = FaultKind.Huge },
        new() { Kind = FaultKind.Slow, DelayMs = 500 },
        new() { Kind = FaultKind.Redirect },
    ];

    [Fact, Trait("spec", "PA-19")]
    public async Task None_of_them_ends_the_daemon_its_identity_or_the_next_piece_of_work()
    {
        await using var bed = await PlatformBed.Start(capacity: 2);
        await using var daemon = await RunningDaemon.Start(bed.Installation);
        foreach (var bad in BadAnswers)
        {
            var before = bed.Platform.Requests.Count;
            bed.Platform.Faults.Add(bad with { Path = "poll", Count = 1 });
            bed.Platform.Faults.Add(bad with { Path = "heartbeat", Count = 1 });
            await bed.Platform.Requests.First("poll", request => request.Number > before && request.Fault is null).WaitAsync(TimeSpan.FromSeconds(30));
            await bed.Platform.Requests.First("heartbeat", request => request.Number > before && request.Fault is null).WaitAsync(TimeSpan.FromSeconds(30));
        }

        bed.Queue("ses-1");

        await bed.Ended("ses-1");
        await bed.HasHeardAllOf("ses-1");
        bed.Platform.Workers.Registrations.ShouldBe(1);
        (await daemon.Get<DaemonStatus>("/api/daemon/status")).Status.ShouldBe("ready");
    }

    [Fact]
    public async Task A_certificate_that_is_made_out_to_somebody_else_is_not_talked_to()
    {
        await using var bed = await PlatformBed.Start(capacity: 2, new PlatformOptions { Tls = true });

        await using var daemon = await RunningDaemon.Start(bed.Installation);

        (await daemon.Program.LineWith("certificate")).ShouldContain(bed.Platform.Address.Authority);
        (await daemon.Get<DaemonStatus>("/api/daemon/status")).Status.ShouldBe("ready");
        bed.Platform.Requests.Matching().ShouldBeEmpty();
    }
}
