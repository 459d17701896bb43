using Donmai.Core.Daemon;
using Donmai.Core.Routing;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Bench.Routing;

/// <summary>
/// Providers of different success, cost and latency, and a router that learns of them what its choices bring. The regret of a session is the value of the
/// best less that of the one chosen, where a value is the expectation of the score of routing.md §6.2.
/// </summary>
/// <param name="seed">Seed of everything that is left to chance.</param>
/// <param name="providers">The providers, as they really are.</param>
internal sealed class LearningWorld(int seed, IReadOnlyList<KnownProvider> providers)
{
    /// <summary>Four of which the best is neither the most successful nor the cheapest nor the fastest.</summary>
    public static readonly IReadOnlyList<KnownProvider> Four =
    [
        new("amber", 0.95, 30, 60_000),
        new("birch", 0.88, 12, 100_000),
        new("cedar", 0.70, 10, 120_000),
        new("dune", 0.50, 3, 130_000),
    ];

    private const string Sandbox = "local";
    private const double Spread = 0.2;
    private const double Blind = 0.6;

    private static readonly RoutingConfiguration Configuration = new();
    private static readonly RoutingCandidate[] Sandboxes = [new() { Id = Sandbox }];

    private readonly RoutingCandidate[] _runtimes = [.. providers.Select(static provider => new RoutingCandidate { Id = provider.Id })];

    private readonly Random _chance = new(seed);
    private readonly RoutingPipeline _pipeline = new(new Random(~seed));
    private RoutingExperience _experience = RoutingExperience.None;

    /// <summary>The provider of the greatest value.</summary>
    public string Best => providers.MaxBy(Value)!.Id;

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
    public double ExpectedRegret(int sessions) => providers
        .Where(provider => provider.Id != Best && BestValue < Worth(provider))
        .Sum(provider => (BestValue - Value(provider)) * ExpectedTries(provider, sessions));

    /// <summary>
    /// What two providers may cost at any time, however near they are to each other, where the bound for long times says nothing: a gap of 0.01 asks for
    /// more tries than there are sessions. While they cannot be told apart, not much more than half the gap of each session, as who chooses blindly; from
    /// then on the root of time that Thompson sampling keeps to on average over all worlds, √(½ · providers · sessions · ln providers) (Russo and Van Roy).
    /// </summary>
    public double MostRegret(int sessions) => Math.Min(
        Blind * sessions * (BestValue - providers.Min(Value)), Math.Sqrt(providers.Count * sessions * Math.Log(providers.Count) / 2));

    /// <summary>Share of the best provider that theory expects after so many sessions.</summary>
    public double ExpectedShare(int sessions) => 1 - (providers
        .Where(provider => provider.Id != Best && BestValue < Worth(provider))
        .Sum(provider => ExpectedTries(provider, sessions)) / sessions);

    /// <summary>Runs sessions, each of which is learnt from before the next is routed.</summary>
    public void Run(int sessions)
    {
        for (var last = Sessions + sessions; Sessions < last; Sessions++)
        {
            var choice = Choose();
            var chosen = providers.First(provider => provider.Id == choice);
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

    private double BestValue => providers.Max(Value);

    private double Value(KnownProvider provider) => provider.Success * Worth(provider);

    /// <summary>What a success is worth after its cost and latency.</summary>
    private double Worth(KnownProvider provider) => 1
        - (Configuration.CostWeight * provider.CostCents / providers.Max(static one => one.CostCents))
        - (Configuration.LatencyWeight * provider.LatencyMs / providers.Max(static one => one.LatencyMs));

    private double ExpectedTries(KnownProvider provider, int sessions) =>
        Math.Log(sessions) / Divergence(provider.Success, BestValue / Worth(provider));

    /// <summary>Kullback and Leibler's divergence of two coins.</summary>
    private static double Divergence(double p, double q) => (p * Math.Log(p / q)) + ((1 - p) * Math.Log((1 - p) / (1 - q)));

    private string Choose() => _pipeline.Decide(
        new RoutingDemand
        {
            Request = new RoutingRequest(),
            Configuration = Configuration,
            Sandboxes = Sandboxes,
            Runtimes = _runtimes,
            Experience = _experience,
        },
        default).Decision.ChosenLlm;

    private double About(double mean) => mean * (1 - Spread + (2 * Spread * _chance.NextDouble()));
}
