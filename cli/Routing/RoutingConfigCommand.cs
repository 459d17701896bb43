using System.CommandLine;
using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Routing;

namespace Donmai.Cli.Routing;

/// <summary><c>donmai routing config</c>: how sessions are routed, and what was learnt from them.</summary>
internal static class RoutingConfigCommand
{
    private const int DecisionsShown = 10;

    private static readonly string[] Learnt = ["SUCCESS", "BETA", "RECENT", "COST", "TIME", "CHOSEN"];

    private const string Notes =
        """
        SUCCESS is what is expected of the next session: the mean of the Beta posterior,
        whose parameters BETA tells. RECENT, COST and TIME are means of the last 20 sessions.
        CHOSEN counts the decisions that are remembered (routing.ringSize), so it can fall.
        """;

    public static Command Create() =>
        new NotedCommand("config", "Show how sessions are routed, and what was learnt from them.", Notes) { VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var config = await client.RoutingConfig(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, new RoutingConfigAnswer { Config = config });
            return;
        }

        var screen = Screen.For(parsed);
        new Facts()
            .Add("ordering", config.Ordering, Tone.Name)
            .Add("weights", string.Create(CultureInfo.InvariantCulture, $"cost {config.Weights.Cost:0.###}, latency {config.Weights.Latency:0.###}"))
            .Add("filters", string.Join("; ", config.CapabilityFilters.Select(static filter => $"{filter.Field} {filter.Op} {filter.Value}")))
            .WriteTo(screen);
        screen.Write(Line.Empty);
        screen.Write(Sandboxes(config));
        screen.Write(Line.Empty);
        screen.Write(Providers(config));
        screen.Write(Line.Empty);
        screen.Write(Decisions(config.RecentDecisions));
        if (config.RecentDecisions.Count > DecisionsShown)
            screen.Write(Line.Of(($"The last {DecisionsShown} of {config.RecentDecisions.Count} decisions; --json shows all.", Tone.Quiet)));
    }

    private static Listing Sandboxes(RoutingConfig config)
    {
        var listing = new Listing(["RUNS IN", .. Learnt]);
        foreach (var row in config.SandboxProviders)
            listing.Add([
                (row.ProviderId, Tone.Name),
                .. Cells(row.Alpha, row.Beta, row.RecentScore, row.RecentCostCents, row.RecentLatencyMs, row.SelectionCount)]);
        return listing;
    }

    private static Listing Providers(RoutingConfig config)
    {
        var listing = new Listing(["PROVIDER", "MODEL", .. Learnt]);
        foreach (var row in config.LlmProviders)
            listing.Add([
                (row.ProviderId, Tone.Name),
                (row.Model ?? "", Tone.Plain),
                .. Cells(row.Alpha, row.Beta, row.RecentScore, row.RecentCostCents, row.RecentLatencyMs, row.SelectionCount)]);
        return listing;
    }

    private static (string Text, Tone Tone)[] Cells(double alpha, double beta, double? score, double? cents, double? milliseconds, int chosen) =>
    [
        (RoutingText.Success(alpha, beta), Tone.Good),
        (RoutingText.Posterior(alpha, beta), Tone.Quiet),
        (RoutingText.Percent(score), Tone.Plain),
        (RoutingText.Cost(cents), Tone.Plain),
        (RoutingText.Time(milliseconds), Tone.Plain),
        (chosen.ToString(CultureInfo.InvariantCulture), Tone.Plain),
    ];

    private static Listing Decisions(List<RoutingDecision> decisions)
    {
        var listing = new Listing("SESSION", "PROVIDER", "RUNS IN", "SCORE", "DECIDED") { WhenEmpty = "No session was routed yet." };
        foreach (var decision in decisions.TakeLast(DecisionsShown).Reverse())
            listing.Add(
                (decision.SessionId, Tone.Name),
                (decision.ChosenLlm.Length == 0 ? "refused" : decision.ChosenLlm, decision.ChosenLlm.Length == 0 ? Tone.Bad : Tone.Good),
                (decision.ChosenSandbox, Tone.Plain),
                (RoutingText.Decided(decision.Score), Tone.Plain),
                (RoutingText.Moment(decision.DecidedAt), Tone.Quiet));
        return listing;
    }
}
