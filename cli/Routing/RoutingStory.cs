using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Routing;

namespace Donmai.Cli.Routing;

/// <summary>The steps of a decision in words: who was left after each, who was not and why, and how the order came about.</summary>
internal static class RoutingStory
{
    private const string Election = "score";
    private const int MarkWidth = 21;

    /// <summary>Tells it.</summary>
    public static void Tell(IReadOnlyList<RoutingTraceStep> trace, IScreen screen)
    {
        var dimension = "";
        foreach (var step in trace)
        {
            if (step.Dimension != dimension)
            {
                dimension = step.Dimension;
                screen.Write(Line.Empty);
                screen.Write(Line.Of((dimension == "sandbox" ? "Where it runs (sandbox)" : "Which agent runs it (llm)", Tone.Strong)));
            }

            screen.Write(Told(step));
            if (step.Phase != Election)
                TellRemoved(step, screen);
            if (step.Ranking is { Count: > 1 } ranking)
                screen.Write(Order(ranking));
        }

        if (trace.Count == 0)
            screen.Write(Line.Of(("No steps were recorded.", Tone.Quiet)));
    }

    private static Line Told(RoutingTraceStep step)
    {
        var left = step.Remaining.Count == 0 ? "nobody" : string.Join(", ", step.Remaining);
        return Line.Of(
            ($"{left} {Passed(step.Phase)}", step.Remaining.Count == 0 ? Tone.Bad : Tone.Plain),
            (step.Note is { Length: > 0 } note && step.Ranking is not { Count: > 1 } ? $": {note}" : "", Tone.Quiet)) with
        {
            Mark = new Span(string.Create(CultureInfo.InvariantCulture, $"  {step.Step} {step.Phase}").PadRight(MarkWidth), Tone.Quiet),
        };
    }

    private static void TellRemoved(RoutingTraceStep step, IScreen screen)
    {
        foreach (var gone in step.Eliminated ?? [])
            screen.Write(Line.Of(($"not {gone.ProviderId}: ", Tone.Warning), (gone.Detail ?? gone.Reason, Tone.Plain)) with
            {
                Mark = new Span(new string(' ', MarkWidth), Tone.Quiet),
            });
    }

    private static string Passed(string phase) => phase switch
    {
        "capability-filter" => "can do what is asked",
        "tenant-policy" => "may be used",
        "capacity-filter" => "can be used now",
        Election => "is chosen",
        _ => "is left",
    };

    private static Listing Order(List<RankedProvider> ranking)
    {
        var listing = new Listing("PROVIDER", "SCORE", "SAMPLE", "COST SHARE", "TIME SHARE", "COST", "TIME");
        foreach (var ranked in ranking)
            listing.Add(
                (ranked.ProviderId, listing.Rows.Count == 0 ? Tone.Good : Tone.Name),
                (RoutingText.Score(ranked.Score), Tone.Plain),
                (RoutingText.Score(ranked.Sample), Tone.Plain),
                (RoutingText.Score(ranked.CostShare), Tone.Plain),
                (RoutingText.Score(ranked.LatencyShare), Tone.Plain),
                (RoutingText.Cost(ranked.EstimatedCostCents), Tone.Quiet),
                (RoutingText.Time(ranked.EstimatedLatencyMs), Tone.Quiet));
        return listing;
    }
}
