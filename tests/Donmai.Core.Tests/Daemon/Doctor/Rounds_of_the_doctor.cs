using System.Diagnostics;
using Donmai.Core.Daemon.Doctor;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Daemon.Doctor;

public sealed class Rounds_of_the_doctor
{
    [Fact]
    public async Task Checks_run_at_the_same_time_and_come_in_their_order()
    {
        var (missing, all) = (3, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        async Task<CheckOutcome> Meet()
        {
            if (Interlocked.Decrement(ref missing) == 0)
                all.SetResult();
            await all.Task; // one after the other, the first would take until it is cut off
            return CheckOutcome.Well("met");
        }

        var findings = await Round(new Check("git", Meet), new Check("worker", Meet), new Check("config", Meet)).Look();

        findings.Checks.ConvertAll(static check => check.Name).ShouldBe(["config", "git"]);
        findings.HostChecks.ConvertAll(static check => check.Name).ShouldBe(["worker"]);
        findings.IsWell.ShouldBeTrue();
    }

    [Fact]
    public async Task A_check_that_hangs_is_cut_off_and_not_begun_again_meanwhile()
    {
        var release = new ManualResetEventSlim();
        var begun = 0;
        var round = Round(new Check("disk", () =>
        {
            Interlocked.Increment(ref begun);
            release.Wait();
            return Task.FromResult(CheckOutcome.Well("at last"));
        }));
        var clock = Stopwatch.StartNew();

        var first = await round.Look();
        await round.Look();

        first.Checks.ShouldHaveSingleItem().Ok.ShouldBeFalse();
        first.Checks[0].Detail.ShouldBe("no answer within 2 seconds");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        begun.ShouldBe(1);
        release.Set();
    }

    [Fact]
    public async Task A_check_that_breaks_says_so_and_the_others_go_on()
    {
        var findings = await Round(
            new Check("disk", static () => throw new InvalidOperationException("unforeseen")),
            new Check("git", static () => Task.FromResult(CheckOutcome.Well("git 2")))).Look();

        findings.Checks[0].Detail.ShouldBe("could not be looked at: unforeseen");
        findings.Checks[1].Ok.ShouldBeTrue();
    }

    private static DoctorRound Round(params IDoctorCheck[] checks) => new(checks, TimeProvider.System, NullLogger<DoctorRound>.Instance);

    private sealed class Check(string name, Func<Task<CheckOutcome>> look) : IDoctorCheck
    {
        public string Name => name;

        public Task<CheckOutcome> Look(CancellationToken cancellationToken) => look();
    }
}
