using Donmai.Core.Platform;
using Donmai.Daemon;
using Donmai.Grains.Tests.Machines;

namespace Donmai.Grains.Tests.Platform;

public sealed class Ending_the_link
{
    [Theory]
    [InlineData("poll")]
    [InlineData("heartbeat")]
    [InlineData("refresh-token")]
    public async Task A_platform_that_does_not_answer_keeps_no_daemon_from_stopping(string name)
    {
        await using var machine = await TestMachine.Linked();
        if (name is "refresh-token")
            machine.Platform.ExpireToken("wkr_1");

        // The call's own patience does not end. That of a heartbeat does: the daemon's last one is made with it.
        var patience = name is "poll" ? PlatformCalls.Poll.Timeout : PlatformCalls.RefreshToken.Timeout;
        machine.Clock.NeverEnds = due => due == patience;
        machine.Platform.Hangs = call => call.Name == name;
        var before = machine.Platform.AskedTo(name).Count;
        await machine.Until(() => machine.Platform.AskedTo(name).Count > before);

        var stop = machine.Daemon.Stop(new DaemonStopRequest());
        await machine.Until(() => machine.Ending.Stopped.IsCompleted);

        (await stop).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task Work_that_is_being_handed_over_holds_up_no_stop_and_is_waited_for_as_a_session()
    {
        await using var machine = await TestMachine.Linked();
        using var launched = new ManualResetEventSlim();
        var launching = Eventually.Signal();
        machine.Processes.Launching = _ =>
        {
            launching.TrySetResult();
            launched.Wait(Eventually.Deadline);
        };
        machine.Platform.Enqueue("""{"sessionId":"s1","repository":"billing"}""");
        await machine.Until(() => launching.Task.IsCompleted);

        var stop = machine.Daemon.Stop(new DaemonStopRequest());
        await machine.Until(() => stop.IsCompleted);

        (await stop).Ok.ShouldBeTrue();
        machine.Ending.Stopped.IsCompleted.ShouldBeFalse("a session begins");
        launched.Set();
        await machine.Until(() => machine.Processes.AliveCount == 1);
        await machine.Exit("s1");
        await machine.Until(() => machine.Ending.Stopped.IsCompleted);
    }
}
