namespace Donmai.Bench;

/// <summary>Measures two sides in turns and takes the middle value of each.</summary>
internal static class Rounds
{
    /// <summary>Runs both sides <paramref name="count"/> times, after one round that only warms up.</summary>
    public static async Task<(double Ours, double Baseline)> Measure(int count, Func<Task<double>> ours, Func<Task<double>> baseline)
    {
        var (oursAll, baselineAll) = (new List<double>(), new List<double>());
        for (var round = 0; round <= count; round++)
        {
            var (oursNow, baselineNow) = (await ours(), await baseline());
            if (round == 0)
                continue;
            oursAll.Add(oursNow);
            baselineAll.Add(baselineNow);
        }

        return (Median(oursAll), Median(baselineAll));
    }

    /// <summary>The middle value.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
