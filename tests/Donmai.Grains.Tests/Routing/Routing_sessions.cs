using Donmai.Core.Routing;
using Donmai.Grains.Tests.Machines;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Routing;

public sealed class Routing_sessions
{
    [Fact, Trait("spec", "RT-16"), Trait("spec", "CA-14")]
    public async Task An_accepted_session_can_be_explained_at_once()
    {
        await using var machine = await TestMachine.Running();

        await machine.Accept("a");

        var explanation = await Explain(machine, "a");
        (explanation.SessionId, explanation.Decision.ChosenSandbox, explanation.Decision.ChosenLlm).ShouldBe(("a", "local", "claude"));
        explanation.Decision.DecidedAt.ShouldNotBe(default);
        explanation.Trace.Count.ShouldBe(8);
        explanation.Trace[0].Phase.ShouldBe("capability-filter");
    }

    [Fact, Trait("spec", "RT-15"), Trait("spec", "RT-19")]
    public async Task The_end_of_a_session_keeps_its_decision_and_adds_none()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");

        await machine.Exit("a");
        await machine.Restart();

        (await Explain(machine, "a")).Decision.ChosenLlm.ShouldBe("claude");
        (await machine.Router.Recent()).ShouldHaveSingleItem().SessionId.ShouldBe("a");
    }

    [Fact, Trait("spec", "RT-20")]
    public async Task Sessions_started_at_once_are_all_explainable()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { MaxConcurrentSessions = 32 });

        await Task.WhenAll(Enumerable.Range(0, 32).Select(number => machine.Accept($"s{number}")));

        foreach (var number in Enumerable.Range(0, 32))
            (await Explain(machine, $"s{number}")).SessionId.ShouldBe($"s{number}");
    }

    [Fact, Trait("spec", "RT-18")]
    public async Task A_session_that_routing_refuses_is_explained_and_starts_nothing()
    {
        await using var machine = await TestMachine.Running();
        machine.Catalog.Known[0] = new RoutingCandidate { Id = "claude", Unavailable = "not on the PATH" };

        var refusal = await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"));

        refusal.Message.ShouldBe("no agent runtime for this session (capacity-filter): claude: not on the PATH");
        var explanation = await Explain(machine, "a");
        (explanation.Decision.ChosenLlm, explanation.Trace.Count).ShouldBe(("", 8));
        machine.Processes.Launches.ShouldBeEmpty();
        (await machine.Spawner.Admission()).Active.ShouldBe(0);
    }

    [Fact, Trait("spec", "RT-18")]
    public async Task A_session_refused_for_another_reason_leaves_no_decision()
    {
        await using var machine = await TestMachine.Running();
        machine.Configure(static current => current with { MaxConcurrentSessions = 0 });

        await Should.ThrowAsync<SessionRefusedException>(machine.Accept("a"));

        (await machine.Router.Recent()).ShouldBeEmpty();
        await Should.ThrowAsync<RoutingDecisionNotFoundException>(Explain(machine, "a"));
    }

    [Fact]
    public async Task A_pinned_provider_wins_against_all_experience()
    {
        await using var machine = await TestMachine.Running();
        machine.Catalog.Known.Add(new RoutingCandidate { Id = "codex" });
        for (var session = 0; session < 5; session++)
            await machine.Router.Learn(new RoutingOutcome { SessionId = $"{session}", Sandbox = "local", Llm = "codex", State = SessionState.Failed });

        await machine.Spawner.Accept(TestMachine.Spec("a") with { ModelProfile = new ModelProfile { ProviderId = "Codex", Model = "m" } });

        (await Explain(machine, "a")).Decision.ChosenLlm.ShouldBe("codex");
        (await machine.Session("a").Detail()).ModelProfile!.ProviderId.ShouldBe("Codex");
    }

    [Fact, Trait("spec", "RT-24")]
    public async Task What_was_learnt_is_durable_and_counted_once()
    {
        await using var machine = await TestMachine.Running();
        await machine.Accept("a");
        await machine.Exit("a");
        await machine.Accept("b");
        await machine.Session("b").Stop(new SessionStopRequest());
        await machine.Exit("b");
        await machine.Router.Learn(new RoutingOutcome { SessionId = "a", Sandbox = "local", Llm = "claude", State = SessionState.Completed });

        await machine.Restart();
        var config = await machine.Router.Config();

        var local = config.SandboxProviders.ShouldHaveSingleItem();
        (local.Alpha, local.Beta, local.RecentScore, local.SelectionCount).ShouldBe((2, 1, 1, 2));
    }

    [Fact]
    public async Task Only_as_many_decisions_as_configured_are_recent()
    {
        await using var machine = await TestMachine.Running();
        for (var session = 0; session < 60; session++)
        {
            var chosen = await machine.Router.Choose(new RoutingRequest { SessionId = $"s{session:00}" });
            await machine.Grains.GetGrain<IRoutingTraceGrain>(chosen.SessionId).Record(chosen);
        }

        (await machine.Router.Recent()).Select(static decision => decision.SessionId)
            .ShouldBe(Enumerable.Range(10, 50).Select(static session => $"s{session:00}"));
        await machine.Restart();
        (await machine.Router.Recent()).Count.ShouldBe(50);
    }

    [Fact]
    public async Task A_refusal_is_explained_as_long_as_it_is_recent()
    {
        await using var machine = await TestMachine.Running();
        machine.Catalog.Known[0] = new RoutingCandidate { Id = "claude", Unavailable = "not on the PATH" };
        for (var session = 0; session <= 50; session++)
            await Should.ThrowAsync<SessionRefusedException>(machine.Accept($"s{session:00}"));

        (await Explain(machine, "s01")).Decision.ChosenLlm.ShouldBe("");
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        while (machine.Storage.Has("routing-trace", "s00")) // not waited for by who is refused
            await Task.Delay(5, deadline.Token);
    }

    private static Task<RoutingExplanation> Explain(TestMachine machine, string sessionId) =>
        machine.Grains.GetGrain<IRoutingTraceGrain>(sessionId).Explain();
}
