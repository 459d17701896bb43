using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Core.Sessions;
using Donmai.Grains.Tests.Machines;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Routing;

/// <summary>What happens when a session cannot be started on the choice (routing.md §6.1 rule 6).</summary>
public sealed class Falling_back
{
    [Fact, Trait("spec", "RT-21")]
    public async Task The_next_of_the_order_is_tried_and_each_try_is_a_record()
    {
        await using var machine = await Declared("codex", "gemini", "claude");
        var tries = 0;
        machine.Processes.Launching = _ =>
        {
            if (++tries <= 2)
                throw new WorkerStartException("no more processes");
        };

        await machine.Accept("a");

        tries.ShouldBe(3);
        (await machine.Router.Recent()).Select(static decision => decision.ChosenLlm).ShouldBe(["codex", "gemini", "claude"]);
        var explanation = await Explain(machine, "a");
        explanation.Decision.ChosenLlm.ShouldBe("claude");
        explanation.Trace.Count.ShouldBe(8);
        explanation.Trace[6].Eliminated!.Select(static gone => (gone.ProviderId, gone.Reason, gone.Detail)).ShouldBe(
        [
            ("codex", "capacity-filter", "could not be started: start worker: no more processes"),
            ("gemini", "capacity-filter", "could not be started: start worker: no more processes"),
        ]);
        explanation.Trace[7].Remaining.ShouldBe(["claude"]);
        (await machine.Session("a").Inspect()).Provider.ShouldBe("claude");
        (await machine.Session("a").Detail()).ResolvedProfile!.Provider.ShouldBe("claude");
    }

    [Fact, Trait("spec", "RT-18")]
    public async Task At_the_end_of_the_order_the_session_is_refused_and_that_is_explained()
    {
        await using var machine = await Declared("codex", "claude");
        machine.Processes.Refusal = "no more processes";

        var refusal = await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"));

        refusal.Message.ShouldBe("start worker: no more processes");
        (await machine.Router.Recent()).Select(static decision => decision.ChosenLlm).ShouldBe(["codex", "claude", ""]);
        var explanation = await Explain(machine, "a");
        explanation.Decision.ChosenLlm.ShouldBe("");
        explanation.Decision.RejectedCandidates!.Select(static candidate => candidate.ProviderId).ShouldBe(["codex", "claude"]);
        (await machine.Spawner.Admission()).Active.ShouldBe(0);
    }

    [Fact]
    public async Task A_named_provider_is_the_only_one_that_is_tried()
    {
        await using var machine = await Declared("codex", "claude");
        var tries = 0;
        machine.Processes.Launching = _ => throw new WorkerStartException($"try {++tries}");

        await Should.ThrowAsync<SessionRefusedException>(machine.Spawner.Accept(
            TestMachine.Spec("a") with { ResolvedProfile = new ResolvedProfile { Provider = "claude" } }));

        tries.ShouldBe(1);
        (await machine.Router.Recent()).Select(static decision => decision.ChosenLlm).ShouldBe(["claude", ""]);
    }

    [Fact]
    public async Task What_no_other_provider_could_mend_is_tried_once()
    {
        await using var machine = await Declared("codex", "claude");
        var tries = 0;
        machine.Processes.Launching = _ =>
        {
            tries++;
            throw new WorkerStartException("the spawn hook refused: not today", RefusalReason.SpawnHook);
        };

        var refusal = await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"));

        refusal.Reason.ShouldBe(RefusalReason.SpawnHook);
        tries.ShouldBe(1);
        await Should.ThrowAsync<RoutingDecisionNotFoundException>(Explain(machine, "a"));
    }

    [Fact]
    public async Task A_provider_that_could_not_be_started_is_neither_praised_nor_blamed()
    {
        await using var machine = await Declared("codex", "claude");
        machine.Runtimes.All = [Runtime("claude"), Runtime("codex")];
        var tries = 0;
        machine.Processes.Launching = _ =>
        {
            if (++tries == 1)
                throw new WorkerStartException("no more processes");
        };
        await machine.Accept("a");

        await machine.Exit("a");

        (await machine.Router.Config()).LlmProviders.Select(static row => (row.ProviderId, row.Alpha, row.Beta, row.SelectionCount))
            .ShouldBe([("claude", 2, 1, 1), ("codex", 1, 1, 1)]);
    }

    private static async Task<TestMachine> Declared(params string[] providers)
    {
        var machine = await TestMachine.Running();
        machine.Configure(current => current with { Routing = new RoutingConfiguration { Ordering = "declared", Order = providers } });
        machine.Catalog.Known.Clear();
        machine.Catalog.Known.AddRange(providers.Order(StringComparer.Ordinal).Select(static id => new RoutingCandidate { Id = id }));
        return machine;
    }

    private static FakeRuntime Runtime(string name) => new(name, static () => throw new InvalidOperationException("nobody asks"));

    private static Task<RoutingExplanation> Explain(TestMachine machine, string sessionId) =>
        machine.Grains.GetGrain<IRoutingTraceGrain>(sessionId).Explain();
}
