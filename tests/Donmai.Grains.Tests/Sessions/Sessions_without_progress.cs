using Donmai.Core.Sessions;
using Donmai.Grains.Tests.Machines;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Sessions;

public sealed class Sessions_without_progress
{
    [Fact, Trait("spec", "DR-59")]
    public async Task A_session_that_does_nothing_for_too_long_is_ended_as_that()
    {
        await using var machine = await Watching(seconds: 1800);
        await machine.Accept("a");
        var asked = machine.NextStop();

        machine.Clock.Advance(TimeSpan.FromSeconds(1801));

        await asked;
        await machine.Exit("a", code: 1);
        var ended = await machine.Session("a").Inspect();
        (ended.State, ended.StopMode, ended.Reason).ShouldBe((SessionState.Terminated, SessionStopMode.NoProgress, "no-progress"));
    }

    [Fact]
    public async Task Every_event_gives_it_the_whole_time_again()
    {
        await using var machine = await Watching(seconds: 1800);
        await machine.Accept("a");
        await machine.Spawner.Accept(TestMachine.Spec("witness") with { MaxDurationSeconds = 1900 });
        machine.Clock.Advance(TimeSpan.FromSeconds(1000));
        var events = Path.Combine((await machine.Session("a").Inspect()).RecordPath!, SessionRecordFiles.Events);
        await File.WriteAllTextAsync(events, "{}\n");
        File.SetLastWriteTimeUtc(events, machine.Clock.GetUtcNow().UtcDateTime);

        var asked = machine.NextStop();
        var again = machine.Clock.Armed(static due => due > TimeSpan.FromSeconds(700) && due <= TimeSpan.FromSeconds(800));
        machine.Clock.Advance(TimeSpan.FromSeconds(1000));
        await Task.WhenAll(asked, again);
        machine.Processes.Stops.ShouldHaveSingleItem().SessionId.ShouldBe("witness");
        asked = machine.NextStop();
        machine.Clock.Advance(TimeSpan.FromSeconds(801));

        await asked;
        (await machine.Session("a").Inspect()).StopMode.ShouldBe(SessionStopMode.NoProgress);
    }

    [Fact]
    public async Task By_default_nobody_watches()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Spawner.Accept(TestMachine.Spec("witness") with { MaxDurationSeconds = 3600 });
        var asked = machine.NextStop();

        machine.Clock.Advance(TimeSpan.FromDays(3));

        await asked;
        machine.Processes.Stops.ShouldHaveSingleItem().SessionId.ShouldBe("witness");
    }

    [Fact]
    public async Task The_first_of_both_limits_counts()
    {
        await using var machine = await Watching(seconds: 1800);
        await machine.Spawner.Accept(TestMachine.Spec("a") with { MaxDurationSeconds = 60 });
        var asked = machine.NextStop();

        machine.Clock.Advance(TimeSpan.FromSeconds(61));

        await asked;
        (await machine.Session("a").Inspect()).StopMode.ShouldBe(SessionStopMode.Timeout);
    }

    private static async Task<TestMachine> Watching(int seconds)
    {
        var machine = await TestMachine.Running();
        machine.Configure(configuration => configuration with { SessionNoProgressSeconds = seconds });
        return machine;
    }
}
