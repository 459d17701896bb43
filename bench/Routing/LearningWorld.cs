using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Bench.Routing;

/// <summary>
/// Four providers of different success, cost and latency, and a router that learns of them what its choices bring: the best one is neither the most
/// successful nor the cheapest nor the fastest. The regret of a session is the value of the best less that of the one chosen, where a value is the
/// expectation of the score of routing.md §6.2.
/// </summary>
/// <param name="seed">Seed of everything that is left to chance.</param>
internal sealed class LearningWorld(int seed)
{
    private const string Sandbox = "local";
    private const double Spread = 0.2;

    private static readonly KnownProvider[] Providers =
    [
        new("amber", 0.95, 30, 60_000),
        new("birch", 0.88, 12, 100_000),
        new("cedar", 0.70, 10, 120_000),
        new("dune", 0.50, 3, 130_000),
    ];

    private static readonly RoutingConfiguration Configuration = new();
    private static readonly RoutingCandidate[] Sandboxes = [new() { Id = Sandbox }];
    private static readonly RoutingCandidate[] Runtimes = [.. Providers.Select(static provider => new RoutingCandidate { Id = provider.Id })];

    private readonly Random _chance = new(seed);
    private readonly RoutingPipeline _pipeline = new(new Random(~seed));
    private RoutingExperience _experience = RoutingExperience.None;

    /// <summary>The provider of the greatest value.</summary>
    public static string Best => Providers.MaxBy(Value)!.Id;

    /// <summary>Sessions run so far.</summary>
    public int Sessions { get; private set; }

    /// <summary>Sessions the best provider got.</summary>
    public int BestChosen { get; private set; }

    /// <summary>Sum of the regret of all sessions.</summary>
    public double Regret { get; private set; }

    /// <summary>
    /// What theory lets any consistent policy reach, and Thompson sampling does reach, for long times (Lai and Robbins; Kaufmann, Korda and Munos):
    /// the sum of gap × ln n / divergence over the providers that could be the best as far as their cost and latency go.
    /// </summary>
    public static double ExpectedRegret(int sessions) => Providers
        .Where(static provider => provider.Id != Best && BestValue < Worth(provider))
        .Sum(provider => (BestValue - Value(provider)) * ExpectedTries(provider, sessions));

    /// <summary>Share of the best provider that theory expects after so many sessions.</summary>
    public static double ExpectedShare(int sessions) => 1 - (Providers
        .Where(static provider => provider.Id != Best && BestValue < Worth(provider))
        .Sum(provider => ExpectedTries(provider, sessions)) / sessions);

    /// <summary>Runs sessions, each of which is learnt from before the next is routed.</summary>
    public void Run(int sessions)
    {
        for (var last = Sessions + sessions; Sessions < last; Sessions++)
        {
            var choice = Choose();
            var chosen = Array.Find(Providers, provider => provider.Id == choice)!;
            Regret += BestValue - Value(chosen);
            BestChosen += chosen.Id == Best ? 1 : 0;
            _experience = _experience.Learn(new RoutingOutcome
            {
                Sandbox = Sandbox,
                Llm = chosen.Id,
                State = _chance.NextDouble() < chosen.Success ? SessionState.Completed : SessionState.Failed,
                CostCents = About(chosen.CostCents),
                LatencyMs = About(chosen.LatencyMs),
            });
        }
    }

    private static double BestValue => Providers.Max(Value);

    private static double Value(KnownProvider provider) => provider.Success * Worth(provider);

    /// <summary>What a success is worth after its cost and latency.</summary>
    private static double Worth(KnownProvider provider) => 1
        - (Configuration.CostWeight * provider.CostCents / Providers.Max(static one => one.CostCents))
        - (Configuration.LatencyWeight * provider.LatencyMs / Providers.Max(static one => one.LatencyMs));

    private static double ExpectedTries(KnownProvider provider, int sessions) =>
        Math.Log(sessions) / Divergence(provider.Success, BestValue / Worth(provider));

    /// <summary>Kullback and Leibler's divergence of two coins.</summary>
    private static double Divergence(double p, double q) => (p * Math.Log(p / q)) + ((1 - p) * Math.Log((1 - p) / (1 - q)));

    private string Choose() => _pipeline.Decide(
        new RoutingDemand
        {
            Request = new RoutingRequest(),
            Configuration = Configuration,
            Sandboxes = Sandboxes,
            Runtimes = Runtimes,
            Experience = _experience,
        },
        default).Decision.ChosenLlm;

    private double About(double mean) => mean * (1 - Spread + (2 * Spread * _chance.NextDouble()));
}
