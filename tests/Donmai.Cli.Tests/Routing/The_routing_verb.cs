using Donmai.Client.Tests;
using Donmai.Routing;
using Microsoft.AspNetCore.Builder;

namespace Donmai.Cli.Tests.Routing;

public sealed class The_routing_verb
{
    [Fact]
    public async Task Explain_tells_each_step_and_how_the_order_came_about()
    {
        var explanation = new RoutingExplanation
        {
            SessionId = "s1",
            Decision = new() { SessionId = "s1", ChosenSandbox = "local", ChosenLlm = "claude", Score = 0.71, EstimatedCostCents = 42, EstimatedLatencyMs = 95_000 },
            Trace =
            [
                new() { Step = 1, Phase = "score", Dimension = "sandbox", Remaining = ["local"], Note = "single candidate" },
                new() { Step = 2, Phase = "capability-filter", Dimension = "llm", Remaining = ["claude", "codex"], Eliminated = [new() { ProviderId = "gemini", Reason = "capability-filter", Detail = "not installed" }] },
                new()
                {
                    Step = 3, Phase = "score", Dimension = "llm", Remaining = ["claude"], Note = "claude 0.71 = …",
                    Eliminated = [new() { ProviderId = "codex", Reason = "score-loss", Detail = "0.58 < 0.71" }],
                    Ranking =
                    [
                        new() { ProviderId = "claude", Score = 0.71, Sample = 0.93, CostShare = 0.2, LatencyShare = 0.32, EstimatedCostCents = 42, EstimatedLatencyMs = 95_000 },
                        new() { ProviderId = "codex", Score = 0.58, Sample = 0.58, CostShare = 0, LatencyShare = 0 },
                    ],
                },
            ],
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/routing/explain/{id}", explanation);

        var outcome = await CommandOutcome.Of("routing", "explain", "s1", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldStartWith("session   s1\nprovider  claude\nruns in   local\nscore     0.71\nexpected  $0.42, 1 min 35 s\n");
        outcome.Output.ShouldEndWith(
            """

            Where it runs (sandbox)
              1 score             local is chosen: single candidate

            Which agent runs it (llm)
              2 capability-filter claude, codex can do what is asked
                                  not gemini: not installed
              3 score             claude is chosen
            PROVIDER  SCORE  SAMPLE  COST SHARE  TIME SHARE  COST   TIME
            claude    0.71   0.93    0.20        0.32        $0.42  1 min 35 s
            codex     0.58   0.58    0.00        0.00

            """);
    }

    [Fact]
    public async Task Explain_says_of_a_refused_session_who_was_left_by_which_step()
    {
        var explanation = new RoutingExplanation
        {
            SessionId = "s1",
            Decision = new() { SessionId = "s1", ChosenSandbox = "local" },
            Trace = [new() { Step = 7, Phase = "capacity-filter", Dimension = "llm", Eliminated = [new() { ProviderId = "claude", Reason = "capacity-filter", Detail = "not on the PATH" }] }],
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/routing/explain/{id}", explanation);

        var outcome = await CommandOutcome.Of("routing", "explain", "s1", "--daemon-url", daemon.Address);

        outcome.Output.ShouldContain("provider  none: the session was refused\n");
        outcome.Output.ShouldEndWith(
            """
              7 capacity-filter   nobody can be used now
                                  not claude: not on the PATH

            """);
    }

    [Fact]
    public async Task Config_shows_what_was_learnt_and_the_newest_decisions_first()
    {
        var config = new RoutingConfig
        {
            Ordering = "thompson",
            Weights = new() { Cost = 0.7, Latency = 0.3 },
            CapabilityFilters = [new() { Field = "arch", Op = "in", Value = "arm64,x86_64" }],
            SandboxProviders = [new() { ProviderId = "local", Alpha = 4, SelectionCount = 2 }],
            LlmProviders =
            [
                new() { ProviderId = "claude", Alpha = 3, Beta = 1, RecentScore = 1, RecentCostCents = 21.5, RecentLatencyMs = 184_000, SelectionCount = 2 },
                new() { ProviderId = "claude", Model = "opus" },
            ],
            RecentDecisions =
            [
                new() { SessionId = "s1", ChosenSandbox = "local", ChosenLlm = "claude", Score = 0.5 },
                new() { SessionId = "s2", ChosenSandbox = "local" },
            ],
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/routing/config", new RoutingConfigAnswer { Config = config });

        var outcome = await CommandOutcome.Of("routing", "config", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldStartWith(
            """
            ordering  thompson
            weights   cost 0.7, latency 0.3
            filters   arch in arm64,x86_64

            RUNS IN  SUCCESS  BETA  RECENT  COST  TIME  CHOSEN
            local    80 %     4, 1                      2

            PROVIDER  MODEL  SUCCESS  BETA  RECENT  COST    TIME        CHOSEN
            claude           75 %     3, 1  100 %   $0.215  3 min 04 s  2
            claude    opus   50 %     1, 1                              0

            SESSION  PROVIDER  RUNS IN  SCORE  DECIDED
            s2       refused   local           0
            """);
        var json = await CommandOutcome.Of("routing", "config", "--json", "--daemon-url", daemon.Address);
        json.Output.ShouldStartWith("""{"config":{"capabilityFilters":[{"field":"arch","op":"in","value":"arm64,x86_64"}],"weights":{"cost":0.7,"latency":0.3},""");
    }

    [Fact]
    public async Task Simulate_asks_as_it_is_told_and_draws_the_shares_as_bars()
    {
        RoutingSimulationRequest? asked = null;
        await using var daemon = await FakeDaemon.Start(routes => routes.MapPost("/api/daemon/routing/simulate", (RoutingSimulationRequest request) =>
        {
            asked = request;
            return DaemonAnswers.Answer(new RoutingSimulation
            {
                Draws = 1000,
                Seed = 7,
                Ordering = "thompson",
                Shares =
                [
                    new() { ProviderId = "codex", Count = 900, Share = 0.9, Alpha = 9, Beta = 1, CostCents = 12, LatencyMs = 90_000 },
                    new() { ProviderId = "claude", Count = 100, Share = 0.1, Alpha = 1, Beta = 1 },
                    new() { ProviderId = "gemini", Excluded = "not on the PATH" },
                ],
            });
        }));

        var outcome = await CommandOutcome.Of(
            "routing", "simulate", "--project", "p", "--model", "m", "--vcpu", "2", "--tool", "dotnet", "--tool", "git", "--draws", "1000", "--seed", "7",
            "--suppose", "codex:alpha=9,beta=1,cents=12,seconds=90", "--suppose", "claude:alpha=1", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        asked.ShouldNotBeNull();
        (asked.ProjectId, asked.Model, asked.Draws, asked.Seed).ShouldBe(("p", "m", 1000, 7));
        (asked.Resources!.VCpu, string.Join(' ', asked.Resources.Tools!)).ShouldBe((2, "dotnet git"));
        asked.Suppose.ShouldBe(
        [
            new SupposedExperience { ProviderId = "codex", Alpha = 9, Beta = 1, CostCents = 12, LatencyMs = 90_000 },
            new SupposedExperience { ProviderId = "claude", Alpha = 1 },
        ]);
        outcome.Output.ShouldBe(
            """
            1,000 draws, seed 7, ordering thompson

            PROVIDER  SHARE                      SUCCESS  COST   TIME
            codex     90 %   ██████████████████  90 %     $0.12  1 min 30 s
            claude    10 %   ██                  50 %

            Not for such a session:
              gemini  not on the PATH

            """);
    }

    [Theory]
    [InlineData("codex")]
    [InlineData("codex:alpha")]
    [InlineData("codex:alpha=much")]
    [InlineData("codex:gamma=1")]
    [InlineData(":alpha=1")]
    public async Task What_cannot_be_supposed_is_said_before_anybody_is_asked(string values)
    {
        var outcome = await CommandOutcome.Of("routing", "simulate", "--suppose", values);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain($"'{values}' cannot be supposed; write it like codex:alpha=20,beta=2,cents=12,seconds=90.");
    }
}
