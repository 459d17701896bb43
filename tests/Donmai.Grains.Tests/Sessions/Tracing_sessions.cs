using System.Collections.Concurrent;
using System.Diagnostics;
using Donmai.Core.Sessions;
using Donmai.Grains.Tests.Machines;

namespace Donmai.Grains.Tests.Sessions;

/// <summary>A session is one trace, told in words and kept on record (daemon-runtime.md §15.3).</summary>
public sealed class Tracing_sessions
{
    [Fact]
    public async Task The_trace_of_the_request_goes_on_after_the_daemon_was_killed()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var steps = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == SessionTrace.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = step =>
            {
                if (step.TraceId.ToHexString() == trace)
                    steps.Enqueue(step);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var machine = await TestMachine.Running();
        await machine.Spawner.Accept(TestMachine.Spec("s-1") with { TraceParent = $"00-{trace}-00f067aa0ba902b7-01" });
        await machine.RecordProcess("s-1");

        await machine.Restart();
        await machine.Exit("s-1");

        (await machine.Session("s-1").Inspect()).TraceId.ShouldBe(trace);
        steps.Select(static step => step.OperationName).ShouldBe(
            ["choose provider", "start worker", "start session", "accept session", "recover session", "session", "archive work area", "end session"],
            ignoreOrder: true);
        var accepted = steps.Single(static step => step.OperationName == "accept session");
        accepted.ParentSpanId.ToHexString().ShouldBe("00f067aa0ba902b7");
        foreach (var name in (string[])["choose provider", "start session", "recover session", "session", "end session"])
            steps.Single(step => step.OperationName == name).ParentSpanId.ShouldBe(accepted.SpanId, name);
        var started = steps.Single(static step => step.OperationName == "start worker");
        machine.Processes.Launches.ShouldHaveSingleItem().Environment[SessionTrace.Variable].ShouldBe(SessionTrace.Words(started));
        steps.ShouldAllBe(static step => (string?)step.GetTagItem(SessionTrace.SessionTag) == "s-1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    public async Task A_request_without_a_usable_trace_begins_one_also_when_nobody_listens(string? traceParent)
    {
        await using var machine = await TestMachine.Running();
        await machine.Spawner.Accept(TestMachine.Spec("s-1") with { TraceParent = traceParent });

        var trace = (await machine.Session("s-1").Inspect()).TraceId.ShouldNotBeNull();

        trace.Length.ShouldBe(32);
        SessionTrace.TraceId(machine.Processes.Launches.ShouldHaveSingleItem().Environment[SessionTrace.Variable]).ShouldBe(trace);
    }
}
