using System.Globalization;
using Donmai.Cli.Rendering;

namespace Donmai.Cli.Routing;

/// <summary>Figures of routing as people write them; empty for what is unknown.</summary>
internal static class RoutingText
{
    private const double CentsPerDollar = 100;

    /// <summary><c>0.71</c>.</summary>
    public static string Score(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    /// <summary><c>93 %</c>.</summary>
    public static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.#} %") : "";

    /// <summary>The score of a decision; empty where nothing was scored.</summary>
    public static string Decided(double score) => score > 0 ? Score(score) : "";

    /// <summary>Mean of a Beta posterior: the share of successes that is to be expected.</summary>
    public static string Success(double alpha, double beta) => Percent(alpha / (alpha + beta));

    /// <summary>Its parameters: <c>3, 1</c>.</summary>
    public static string Posterior(double alpha, double beta) => string.Create(CultureInfo.InvariantCulture, $"{alpha:0.##}, {beta:0.##}");

    /// <summary>Cents as dollars.</summary>
    public static string Cost(double? cents) => cents is { } known ? Amounts.Dollars(known / CentsPerDollar) : "";

    /// <summary>Milliseconds as a duration.</summary>
    public static string Time(double? milliseconds) => milliseconds is { } known ? Amounts.Duration(TimeSpan.FromMilliseconds(known)) : "";

    /// <summary>A moment in the caller's time zone.</summary>
    public static string Moment(DateTimeOffset moment) => moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
