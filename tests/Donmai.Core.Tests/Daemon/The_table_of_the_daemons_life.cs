using Donmai.Core.Daemon;
using Donmai.Daemon;

namespace Donmai.Core.Tests.Daemon;

public sealed class The_table_of_the_daemons_life
{
    // Every phase (rows, in order) under every trigger (columns, in order); "-" is a refusal that changes nothing.
    private const string Expected =
        """
                          Start    Recover    Recovered Fail    Pause  Resume  Drain    DrainThenRun    Drained Stop     StopNow Update            UpdateGivenUp UpdateApplied
        Stopped           Starting -          Stopped   Stopped -      -       -        -               -       Stopped  Stopped -                 Stopped       Stopped
        Starting          -        Recovering -         Failed  -      -       -        -               -       Stopping Stopped -                 -             -
        Recovering        -        -          Running   Failed  -      -       -        -               -       Stopping Stopped -                 -             -
        Running           -        -          -         -       Paused Running Draining DrainingThenRun -       Stopping Stopped Updating          -             -
        Paused            -        -          -         -       Paused Running Draining DrainingThenRun -       Stopping Stopped UpdatingThenPause -             -
        Draining          -        -          -         -       Paused Running Draining DrainingThenRun Paused  Stopping Stopped UpdatingThenPause -             -
        DrainingThenRun   -        -          -         -       Paused Running Draining DrainingThenRun Running Stopping Stopped Updating          -             -
        Stopping          -        -          Stopping  Failed  -      -       -        -               Stopped Stopping Stopped -                 Stopping      Stopping
        Updating          -        -          -         -       -      -       -        -               Updating Stopping Stopped -                Running       Stopped
        UpdatingThenPause -        -          -         -       -      -       -        -               UpdatingThenPause Stopping Stopped -       Paused        Stopped
        Failed            -        -          -         -       -      -       -        -               -       Failed   Failed  -                 -             -
        """;

    public static TheoryData<DaemonPhase, DaemonTrigger, DaemonPhase?> Cells()
    {
        var cells = new TheoryData<DaemonPhase, DaemonTrigger, DaemonPhase?>();
        var lines = Expected.Split('\n').Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var line in lines.Skip(1))
        {
            for (var column = 0; column < lines[0].Length; column++)
            {
                DaemonPhase? to = line[column + 1] is "-" ? null : Enum.Parse<DaemonPhase>(line[column + 1]);
                cells.Add(Enum.Parse<DaemonPhase>(line[0]), Enum.Parse<DaemonTrigger>(lines[0][column]), to);
            }
        }

        return cells;
    }

    [Theory, MemberData(nameof(Cells)), Trait("spec", "DR-22"), Trait("spec", "DR-28")]
    public void Every_trigger_leads_from_every_phase_where_the_table_says(DaemonPhase from, DaemonTrigger trigger, DaemonPhase? to) =>
        DaemonLifecycle.Next(from, trigger).ShouldBe(to);

    [Fact]
    public void The_expectation_leaves_no_cell_out() =>
        Cells().Count.ShouldBe(Enum.GetValues<DaemonPhase>().Length * Enum.GetValues<DaemonTrigger>().Length);

    [Theory]
    [InlineData(DaemonPhase.Stopped, "stopped")]
    [InlineData(DaemonPhase.Starting, "starting")]
    [InlineData(DaemonPhase.Recovering, "recovering")]
    [InlineData(DaemonPhase.Running, "paused")]
    [InlineData(DaemonPhase.Paused, "paused")]
    [InlineData(DaemonPhase.Draining, "draining")]
    [InlineData(DaemonPhase.DrainingThenRun, "draining")]
    [InlineData(DaemonPhase.Stopping, "draining")]
    [InlineData(DaemonPhase.Updating, "updating")]
    [InlineData(DaemonPhase.UpdatingThenPause, "updating")]
    [InlineData(DaemonPhase.Failed, "failed")]
    [Trait("spec", "DR-24")]
    public void The_wire_never_says_ready_while_work_is_refused(DaemonPhase phase, string status) =>
        DaemonLifecycle.WireStatus(DaemonLifecycle.State(phase), accepting: false).ShouldBe(status);

    [Fact]
    public void Only_a_running_daemon_that_accepts_work_is_ready() =>
        Enum.GetValues<DaemonState>().Where(static state => DaemonLifecycle.WireStatus(state, accepting: true) is "ready").ShouldBe([DaemonState.Running]);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(45, "45s")]
    [InlineData(60, "1m0s")]
    [InlineData(90, "1m30s")]
    [InlineData(600, "10m0s")]
    [InlineData(3600, "1h0m0s")]
    [InlineData(90_061, "25h1m1s")]
    [InlineData(int.MaxValue, "596523h14m7s")]
    public void Durations_are_told_as_existing_tools_tell_them(int seconds, string text) => DurationText.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData("capacity.colour", "x", "value must be non-negative integer")]
    [InlineData("", "", "value must be non-negative integer")]
    [InlineData("capacity.maxConcurrentSessions", "-1", "value must be non-negative integer")]
    [InlineData("capacity.maxConcurrentSessions", "abc", "value must be non-negative integer")]
    [InlineData("capacity.maxConcurrentSessions", "1.5", "value must be non-negative integer")]
    [InlineData("capacity.maxConcurrentSessions", " 3", "value must be non-negative integer")]
    [InlineData("capacity.maxConcurrentSessions", "99999999999", "value must be non-negative integer")]
    [InlineData("capacity.colour", "3", "unknown key")]
    [InlineData("CAPACITY.maxConcurrentSessions", "3", "unknown key")]
    [Trait("spec", "CA-9")]
    public void A_value_is_looked_at_before_its_key(string key, string value, string refusal)
    {
        var change = new CapacityChange { Key = key, Value = value };

        var refused = Should.Throw<CapacityRefusedException>(() => CapacityKeys.Edit(change));

        (refused.Message, refused.Change).ShouldBe((refusal, change));
    }
}
