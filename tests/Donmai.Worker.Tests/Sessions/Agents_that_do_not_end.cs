using Donmai.Worker.Tests.Providers;

namespace Donmai.Worker.Tests.Sessions;

public sealed class Agents_that_do_not_end : IDisposable
{
    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0, false)]
    [InlineData(600, true)]
    public async Task An_agent_is_asked_to_end_for_as_long_as_stopping_may_take_and_then_it_is_ended(int seconds, bool isAsked)
    {
        _bench.Settings = _bench.Settings with { StoppingLimit = TimeSpan.FromSeconds(seconds) };
        _bench.Agent.Options($"trap ': > \"{_bench.Place.At("asked")}\"; exit 0' TERM INT").Play(Claude_fixture.Init, "#hang");
        using var signal = new CancellationTokenSource();

        var running = _bench.Run(signal.Token);
        await Deadline.Until(() => _bench.Agent.Has("hanging.0"), "the agent to hang");
        await signal.CancelAsync();
        await running;

        _bench.Result.Status.ShouldBe("stopped");
        File.Exists(_bench.Place.At("asked")).ShouldBe(isAsked);
    }
}
