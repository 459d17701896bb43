namespace Donmai.Core.Routing;

/// <summary>Samples of the Beta distribution from an injected source of randomness.</summary>
public static class BetaDistribution
{
    /// <summary>One sample in (0, 1).</summary>
    /// <param name="random">Source of randomness.</param>
    /// <param name="alpha">First parameter, at least 1.</param>
    /// <param name="beta">Second parameter, at least 1.</param>
    public static double Sample(Random random, double alpha, double beta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alpha, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(beta, 1);
        var x = Gamma(random, alpha);
        var y = Gamma(random, beta);
        return Math.Clamp(x / (x + y), double.Epsilon, 1 - double.Epsilon);
    }

    /// <summary>Gamma of shape ≥ 1 and scale 1 by the squeeze method of Marsaglia and Tsang.</summary>
    private static double Gamma(Random random, double shape)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Normal(random);
            var v = Math.Pow(1 + (c * normal), 3);
            if (v <= 0)
                continue;
            if (Math.Log(1 - random.NextDouble()) < (0.5 * normal * normal) + (d * (1 - v + Math.Log(v))))
                return d * v;
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
