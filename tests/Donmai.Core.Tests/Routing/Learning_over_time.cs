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
        var worlds = Enumerable.Range(1, Worlds).Select(static seed => new LearningWorld(seed, LearningWorld.Four)).ToList();
        var (shares, regrets) = (new List<double>(), new List<double>());
        foreach (var milestone in Milestones)
        {
            worlds.ForEach(world => world.Run(milestone - world.Sessions));
            shares.Add(worlds.Average(static world => (double)world.BestChosen / world.Sessions));
            regrets.Add(worlds.Average(static world => world.Regret));
            output.WriteLine(FormattableString.Invariant(
                $"{milestone,6} sessions: best {shares[^1]:0.0%} (theory {worlds[0].ExpectedShare(milestone):0.0%}), regret {regrets[^1]:0.00} (theory {worlds[0].ExpectedRegret(milestone):0.00})"));
        }

        worlds[0].Best.ShouldBe("birch");
        shares.ShouldBeInOrder(SortDirection.Ascending);
        for (var i = 0; i < Milestones.Length; i++)
        {
            shares[i].ShouldBeGreaterThan(worlds[0].ExpectedShare(Milestones[i]) - 0.05, $"after {Milestones[i]} sessions");
            regrets[i].ShouldBeLessThan(1.5 * worlds[0].ExpectedRegret(Milestones[i]), $"after {Milestones[i]} sessions");
        }

        // Learning pays: were it as bad later as it was in the beginning, it would be a hundred times this.
        regrets[^1].ShouldBeLessThan(regrets[0] * Milestones[^1] / Milestones[0] / 3);
    }

    /// <summary>Near each other the best can hardly be found, and need not be: what is lost is as little as who chooses blindly loses, or less.</summary>
    [Theory]
    [InlineData(0.88)]
    [InlineData(0.86)]
    [InlineData(0.80)]
    [InlineData(0.70)]
    public void Between_two_of_nearly_the_same_worth_the_regret_stays_below_the_root_of_time(double success)
    {
        KnownProvider[] near = [new("elm", 0.90, 10, 100_000), new("fir", success, 15, 20_000)];
        var worlds = Enumerable.Range(1, 4 * Worlds).Select(seed => new LearningWorld(seed, near)).ToList();
        foreach (var milestone in Milestones[..^1])
        {
            worlds.ForEach(world => world.Run(milestone - world.Sessions));
            var regret = worlds.Average(static world => world.Regret);
            output.WriteLine(FormattableString.Invariant($"{milestone,6} sessions: regret {regret:0.00}, at most {worlds[0].MostRegret(milestone):0.00}"));
            regret.ShouldBeLessThan(worlds[0].MostRegret(milestone), $"after {milestone} sessions");
        }
    }

    [Fact, Trait("spec", "RT-23")]
    public void The_same_seeds_give_the_same_thousand_sessions()
    {
        var (one, other) = (new LearningWorld(5, LearningWorld.Four), new LearningWorld(5, LearningWorld.Four));
        one.Run(1_000);
        other.Run(1_000);

        (other.BestChosen, other.Regret).ShouldBe((one.BestChosen, one.Regret));
    }
}
