using Donmai.Routing;

namespace Donmai.Cli.Tests.Routing;

public sealed class The_routing_verb
{
    [Fact]
    public async Task Explain_shows_the_choice_and_each_step()
    {
        var explanation = new RoutingExplanation
        {
            SessionId = "s1",
            Decision = new() { SessionId = "s1", ChosenSandbox = "local", ChosenLlm = "claude", Score = 0.71 },
            Trace =
            [
                new() { Step = 1, Phase = "capability-filter", Dimension = "llm", Remaining = ["claude"], Eliminated = [new() { ProviderId = "codex", Reason = "capability-filter", Detail = "not installed" }] },
                new() { Step = 2, Phase = "score", Dimension = "llm", Remaining = ["claude"], Note = "one left" },
            ],
        };
        await using var daemon = await DaemonAnswers.Get("/api/daemon/routing/explain/{id}", explanation);

        var outcome = await CommandOutcome.Of("routing", "explain", "s1", "--daemon-url", daemon.Address);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldStartWith("session   s1\nprovider  claude\nruns in   local\nscore     0.71\n");
        outcome.Output.ShouldEndWith(
            """

            STEP  FILTER             OF   LEFT    REMOVED
            1     capability-filter  llm  claude  codex (not installed)
            2     score              llm  claude  one left

            """);
    }
}
