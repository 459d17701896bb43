using System.Diagnostics;
using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Bench.Routing;

/// <summary>
/// Time of one routing decision with its trace and its place among the recent ones, with little and with much to choose from; and what learning costs
/// over 10,000 sessions, beside what theory allows.
/// </summary>
internal sealed class ChoiceFigure : IFigure
{
    private const int Choices = 20_000;
    private const int RoundsToRun = 7;
    private const double MostMicroseconds = 50;
    private const int Worlds = 8;
    private const double MostOfTheory = 1.5;
    private static readonly int[] Milestones = [100, 1_000, 10_000];

    /// <inheritdoc/>
    public string Name => "routing";

    /// <inheritdoc/>
    public string Summary => "one routing decision; regret of the first 10,000 sessions over four providers, against the bound of theory";

    /// <inheritdoc/>
    public Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation) => Task.Run<IReadOnlyList<FigureResult>>(
        () => [Choice(4), Choice(20), .. Regret(cancellation)], cancellation);

    private static FigureResult Choice(int candidates)
    {
        var demand = Demand(candidates);
        var pipeline = new RoutingPipeline(new Random(1));
        var ring = new DecisionRing(DecisionRing.DefaultCapacity);
        var times = new List<double>();
        for (var round = 0; round <= RoundsToRun; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var choice = 0; choice < Choices; choice++)
                ring.Record(pipeline.Decide(demand, DateTimeOffset.UnixEpoch));
            if (round > 0) // the first warms up
                times.Add(clock.Elapsed.TotalMicroseconds / Choices);
        }

        // The fastest round: the slower ones have other programs in them.
        return new FigureResult($"routing choice, {candidates} candidates", times.Min(), null, "µs", MostMicroseconds, FigureLimit.AtMost);
    }

    private static IEnumerable<FigureResult> Regret(CancellationToken cancellation)
    {
        var worlds = Enumerable.Range(1, Worlds).Select(static seed => new LearningWorld(seed, LearningWorld.Four)).ToList();
        foreach (var milestone in Milestones)
        {
            cancellation.ThrowIfCancellationRequested();
            worlds.ForEach(world => world.Run(milestone - world.Sessions));
            yield return new FigureResult(
                $"regret of {milestone} sessions, best got {worlds.Average(static world => (double)world.BestChosen / world.Sessions):0%}",
                worlds.Average(static world => world.Regret),
                worlds[0].ExpectedRegret(milestone),
                "",
                MostOfTheory,
                FigureLimit.AtMost);
        }
    }

    private static RoutingDemand Demand(int candidates)
    {
        var experience = RoutingExperience.None;
        for (var session = 0; session < candidates * 20; session++)
        {
            experience = experience.Learn(new RoutingOutcome
            {
                Sandbox = "local",
                Llm = $"provider-{session % candidates:00}",
                State = session % 3 == 0 ? SessionState.Failed : SessionState.Completed,
                CostCents = session % 17,
                LatencyMs = 1000 + session,
            });
        }

        return new RoutingDemand
        {
            Request = new RoutingRequest { SessionId = "ses_0a41", ProjectId = "acme-api" },
            Configuration = new RoutingConfiguration(),
            Sandboxes = [new RoutingCandidate { Id = "local" }],
            Runtimes = [.. Enumerable.Range(0, candidates).Select(static number => new RoutingCandidate { Id = $"provider-{number:00}" })],
            Experience = experience,
        };
    }
}
