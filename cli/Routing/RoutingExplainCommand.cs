using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Routing;

/// <summary><c>donmai routing explain</c>: the decision about one session and the steps that led to it.</summary>
internal static class RoutingExplainCommand
{
    private const string Notes =
        """
        A score is the sample, which is drawn from what was learnt of the provider's
        successes, less the weighted shares of its cost and time of the dearest and the
        slowest. The highest wins; the others follow if it cannot be started.
        """;

    internal static readonly Argument<string> SessionId = new("session-id") { Description = "The session." };

    public static Command Create() =>
        new NotedCommand("explain", "Show why a session ran where it ran.", Notes) { SessionId, VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var explanation = await client.Explain(parsed.GetRequiredValue(SessionId), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, explanation);
            return;
        }

        var screen = Screen.For(parsed);
        var decision = explanation.Decision;
        var isRefused = decision.ChosenLlm.Length == 0 || decision.ChosenSandbox.Length == 0;
        new Facts()
            .Add("session", explanation.SessionId, Tone.Name)
            .Add("provider", isRefused ? "none: the session was refused" : decision.ChosenLlm, isRefused ? Tone.Bad : Tone.Good)
            .Add("model", decision.Model)
            .Add("runs in", decision.ChosenSandbox)
            .Add("score", RoutingText.Decided(decision.Score))
            .Add("expected", string.Join(", ", new[] { RoutingText.Cost(decision.EstimatedCostCents), RoutingText.Time(decision.EstimatedLatencyMs) }.Where(static text => text.Length > 0)))
            .Add("decided", RoutingText.Moment(decision.DecidedAt))
            .WriteTo(screen);
        RoutingStory.Tell(explanation.Trace, screen);
    }
}
