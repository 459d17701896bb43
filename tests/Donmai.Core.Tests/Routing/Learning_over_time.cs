using Donmai.Bench.Routing;
using Xunit.Abstractions;

namespace Donmai.Core.Tests.Routing;

/// <summary>10,000 sessions over four providers of different success, cost and latency: fixed seeds, so that nothing here is left to chance.</summary>
public sealed class Learning_over_time(ITestOutputHelper output)
{
    private const int Worlds = 4;
    private static readonly int[] Milestones = [100, 300, 1_000, 3_000, 10_000];

    [Fact]
    public void The_share_of_the_best_grows_and_the_regret_stays_logarithmic()
    {
        var worlds = Enumerable.Range(1, Worlds).Select(static seed => new LearningWorld(seed)).ToList();
        var (shares, regrets) = (new List<double>(), new List<double>());
        foreach (var milestone in Milestones)
        {
            worlds.ForEach(world => world.Run(milestone - world.Sessions));
            shares.Add(worlds.Average(static world => (double)world.BestChosen / world.Sessions));
            regrets.Add(worlds.Average(static world => world.Regret));
            output.WriteLine(FormattableString.Invariant(
                $"{milestone,6} sessions: best {shares[^1]:0.0%} (theory {LearningWorld.ExpectedShare(milestone):0.0%}), regret {regrets[^1]:0.00} (theory {LearningWorld.ExpectedRegret(milestone):0.00})"));
        }

        LearningWorld.Best.ShouldBe("birch");
        shares.ShouldBeInOrder(SortDirection.Ascending);
        for (var i = 0; i < Milestones.Length; i++)
        {
            shares[i].ShouldBeGreaterThan(LearningWorld.ExpectedShare(Milestones[i]) - 0.05, $"after {Milestones[i]} sessions");
            regrets[i].ShouldBeLessThan(1.5 * LearningWorld.ExpectedRegret(Milestones[i]), $"after {Milestones[i]} sessions");
        }

        // Learning pays: were it as bad later as it was in the beginning, it would be a hundred times this.
        regrets[^1].ShouldBeLessThan(regrets[0] * Milestones[^1] / Milestones[0] / 3);
    }

    [Fact, Trait("spec", "RT-23")]
    public void The_same_seeds_give_the_same_thousand_sessions()
    {
        var (one, other) = (new LearningWorld(5), new LearningWorld(5));
        one.Run(1_000);
        other.Run(1_000);

        (other.BestChosen, other.Regret).ShouldBe((one.BestChosen, one.Regret));
    }
}
