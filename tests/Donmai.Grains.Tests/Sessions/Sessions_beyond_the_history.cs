using Donmai.Grains.Tests.Machines;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Sessions;

public sealed class Sessions_beyond_the_history
{
    private const int History = 4096;
    private const int Page = 64;
    private const int Lanes = 4;

    [Fact]
    public async Task What_has_left_the_history_is_forgotten_and_a_later_life_of_the_same_id_is_not()
    {
        await using var machine = await TestMachine.Running();
        await Live(machine, "once");
        await Live(machine, "twice");
        await Live(machine, Page, "first");
        await Live(machine, "twice");
        machine.Storage.Has("session", "once").ShouldBeTrue();

        await Live(machine, History, "later"); // as many as the history holds, so that the first page has to make room

        await Should.ThrowAsync<SessionNotFoundException>(() => machine.Session("once").Inspect());
        await Should.ThrowAsync<RoutingDecisionNotFoundException>(() => machine.Grains.GetGrain<IRoutingTraceGrain>("once").Explain());
        machine.Storage.Has("session", "once").ShouldBeFalse();
        machine.Storage.Has("routing-trace", "once").ShouldBeFalse();
        (await machine.Session("twice").Inspect()).State.ShouldBe(SessionState.Completed);
        (await machine.Grains.GetGrain<IRoutingTraceGrain>("twice").Explain()).SessionId.ShouldBe("twice");
    }

    private static Task Live(TestMachine machine, int count, string name) => Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
    {
        for (var number = lane; number < count; number += Lanes)
            await Live(machine, $"{name}-{number}");
    }));

    private static async Task Live(TestMachine machine, string sessionId)
    {
        await machine.Accept(sessionId);
        await machine.Exit(sessionId);
    }
}
