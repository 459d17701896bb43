using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Grains.Tests.Machines;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Routing;

/// <summary>The projection of routing.md §3, and what of it outlives a daemon.</summary>
public sealed class Showing_the_routing
{
    [Fact, Trait("spec", "RT-8")]
    public async Task A_fresh_daemon_without_registry_shows_the_defaults()
    {
        await using var machine = await TestMachine.Running();

        var config = await machine.Router.Config();

        (config.Weights.Cost, config.Weights.Latency).ShouldBe((0.7, 0.3));
        config.LlmProviders.ShouldBeEmpty();
        config.SandboxProviders.ShouldHaveSingleItem().ShouldBe(new SandboxProviderState { ProviderId = "local" });
        config.RecentDecisions.ShouldBeEmpty();
        config.CapabilityFilters.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "RT-9")]
    public async Task Registered_runtimes_are_rows_by_id()
    {
        await using var machine = await TestMachine.Running();
        machine.Runtimes.All = [Runtime("codex"), Runtime("claude"), Runtime("stub")];

        (await machine.Router.Config()).LlmProviders.ShouldBe(
        [
            new LlmProviderState { ProviderId = "claude" }, new LlmProviderState { ProviderId = "codex" }, new LlmProviderState { ProviderId = "stub" },
        ]);
    }

    [Fact, Trait("spec", "RT-11")]
    public async Task Of_sixty_sessions_the_newest_fifty_are_shown_and_counted()
    {
        await using var machine = await TestMachine.Running();
        machine.Runtimes.All = [Runtime("claude"), Runtime("codex")];
        machine.Catalog.Known.Add(new RoutingCandidate { Id = "codex" });
        foreach (var number in Enumerable.Range(0, 60))
            await machine.Router.Choose(new RoutingRequest { SessionId = $"s{number:00}" });

        var config = await machine.Router.Config();

        config.RecentDecisions.Select(static decision => decision.SessionId).ShouldBe(Enumerable.Range(10, 50).Select(static number => $"s{number:00}"));
        config.LlmProviders.Sum(static row => row.SelectionCount).ShouldBe(50);
        config.SandboxProviders.Sum(static row => row.SelectionCount).ShouldBe(50);
    }

    [Fact]
    public async Task The_configuration_in_force_is_shown_in_its_order_and_the_ring_follows_it()
    {
        await using var machine = await TestMachine.Running();
        foreach (var number in Enumerable.Range(0, 6))
            await machine.Router.Choose(new RoutingRequest { SessionId = $"s{number}" });
        machine.Configure(static current => current with
        {
            Routing = new RoutingConfiguration
            {
                RingSize = 3,
                CostWeight = 0.2,
                LatencyWeight = 0.8,
                CapabilityFilters = [new("os", "eq", "linux"), new("arch", "in", "arm64,x86_64")],
            },
        });

        var config = await machine.Router.Config();

        config.CapabilityFilters.Select(static filter => filter.Field).ShouldBe(["os", "arch"]);
        (config.Weights.Cost, config.Weights.Latency).ShouldBe((0.2, 0.8));
        config.RecentDecisions.Select(static decision => decision.SessionId).ShouldBe(["s3", "s4", "s5"]);
        machine.Configure(static current => current with { Routing = new RoutingConfiguration { RingSize = 4 } });
        await machine.Router.Choose(new RoutingRequest { SessionId = "s6" });
        (await machine.Router.Recent()).Select(static decision => decision.SessionId).ShouldBe(["s3", "s4", "s5", "s6"]);
    }

    [Fact]
    public async Task A_model_has_a_row_of_its_own_below_its_provider()
    {
        await using var machine = await TestMachine.Running();
        machine.Runtimes.All = [Runtime("claude")];
        await machine.Router.Choose(new RoutingRequest { SessionId = "a", Model = "opus" });
        await machine.Router.Choose(new RoutingRequest { SessionId = "b" });

        await machine.Router.Learn(Outcome("a") with { Model = "opus", CostCents = 40, LatencyMs = 2000 });
        await machine.Router.Learn(Outcome("b") with { State = SessionState.Failed, CostCents = 20, LatencyMs = 4000 });

        (await machine.Router.Config()).LlmProviders.ShouldBe(
        [
            new LlmProviderState { ProviderId = "claude", Alpha = 2, Beta = 2, RecentScore = 0.5, RecentCostCents = 30, RecentLatencyMs = 3000, SelectionCount = 2 },
            new LlmProviderState { ProviderId = "claude", Model = "opus", Alpha = 2, Beta = 1, RecentScore = 1, RecentCostCents = 40, RecentLatencyMs = 2000, SelectionCount = 1 },
        ]);
    }

    [Fact]
    public async Task What_was_learnt_counts_less_with_each_day_also_across_a_restart()
    {
        await using var machine = await TestMachine.Running();
        for (var session = 0; session < 10; session++)
            await machine.Router.Learn(Outcome($"s{session}"));

        machine.Clock.Advance(TimeSpan.FromDays(1));
        (await machine.Router.Config()).SandboxProviders[0].Alpha.ShouldBe(1 + (10 * 0.98), 1e-9);
        await machine.Restart();
        (await machine.Router.Config()).SandboxProviders[0].Alpha.ShouldBe(1 + (10 * 0.98), 1e-9);
        machine.Clock.Advance(TimeSpan.FromDays(2));
        (await machine.Router.Config()).SandboxProviders[0].Alpha.ShouldBe(1 + (10 * 0.98 * 0.98 * 0.98), 1e-9);
    }

    [Fact, Trait("spec", "RT-3")]
    public async Task Both_decisions_of_a_session_outlive_the_daemon()
    {
        await using var machine = await TestMachine.Running();
        await machine.Router.Choose(new RoutingRequest { SessionId = "a", Model = "first" });
        await machine.Router.Choose(new RoutingRequest { SessionId = "a", Model = "second" });

        await machine.Restart();

        (await machine.Router.Recent()).Select(static decision => decision.Model).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task Sessions_are_routed_while_the_list_of_recent_decisions_cannot_be_written()
    {
        await using var machine = await TestMachine.Running();
        Directory.CreateDirectory(machine.State.RoutingLog);

        (await machine.Accept("a")).SessionId.ShouldBe("a");

        (await machine.Router.Recent()).ShouldHaveSingleItem().SessionId.ShouldBe("a");
        await machine.Restart();
        (await machine.Router.Recent()).ShouldBeEmpty();
    }

    [Fact, Trait("spec", "RT-23")]
    public async Task With_a_seed_a_session_is_given_to_the_same_provider_again()
    {
        await using var machine = await TestMachine.Running();
        machine.Catalog.Known.AddRange([new RoutingCandidate { Id = "codex" }, new RoutingCandidate { Id = "gemini" }]);
        machine.Configure(static current => current with { Routing = new RoutingConfiguration { Seed = 7 } });
        var first = await Choices(machine, Enumerable.Range(0, 30));

        await machine.Restart();
        var again = await Choices(machine, Enumerable.Range(0, 30).Reverse());

        again.AsEnumerable().Reverse().ShouldBe(first);
        first.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_simulation_draws_from_what_was_learnt_and_records_nothing()
    {
        await using var machine = await TestMachine.Running();
        machine.Catalog.Known.Add(new RoutingCandidate { Id = "codex" });
        for (var session = 0; session < 20; session++)
            await machine.Router.Learn(Outcome($"s{session}") with { State = SessionState.Failed });

        var simulation = await machine.Router.Simulate(new RoutingSimulationRequest { Draws = 500, Seed = 1 });

        simulation.Shares.Select(static share => share.ProviderId).ShouldBe(["codex", "claude"]);
        simulation.Shares.Sum(static share => share.Count).ShouldBe(500);
        simulation.Shares[0].Share.ShouldBeGreaterThan(0.9);
        (await machine.Router.Simulate(new RoutingSimulationRequest { Draws = 500, Seed = 1 })).Shares.ShouldBe(simulation.Shares);
        (await machine.Router.Recent()).ShouldBeEmpty();
        await Should.ThrowAsync<InvalidRoutingSimulationException>(machine.Router.Simulate(new RoutingSimulationRequest { Draws = 100_001 }));
    }

    private static async Task<List<string>> Choices(TestMachine machine, IEnumerable<int> sessions)
    {
        var chosen = new List<string>();
        foreach (var session in sessions)
            chosen.Add((await machine.Router.Choose(new RoutingRequest { SessionId = $"s{session}" })).Decision.ChosenLlm);
        return chosen;
    }

    private static RoutingOutcome Outcome(string session) =>
        new() { SessionId = session, Sandbox = "local", Llm = "claude", State = SessionState.Completed, LatencyMs = 1 };

    private static FakeRuntime Runtime(string name) => new(name, static () => throw new InvalidOperationException("nobody asks"));
}
