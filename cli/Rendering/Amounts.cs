using System.Globalization;

namespace Donmai.Cli.Rendering;

/// <summary>Amounts as people write them.</summary>
internal static class Amounts
{
    private const double Kilo = 1000;

    /// <summary><c>9 s</c>, <c>2 min 05 s</c>, <c>3 h 07 min</c>, <c>4 d 2 h</c>.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { Ticks: < 0 } => Duration(TimeSpan.Zero),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalSeconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds:00} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays} d {duration.Hours} h"),
    };

    /// <summary>About as long: <c>9 s</c>, <c>2 min</c>, <c>3 h</c>, <c>4 d</c>.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => Duration(age),
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes} min",
        { TotalDays: < 1 } => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} d",
    };

    /// <summary><c>$0.2143</c>, and <c>$12.50</c> from a dollar on.</summary>
    public static string Dollars(double amount) =>
        amount.ToString(amount < 1 ? "$0.00##" : "$0.00", CultureInfo.InvariantCulture);

    /// <summary><c>950</c>, <c>12.3 k</c>, <c>1.5 M</c>.</summary>
    public static string Count(long count) => count switch
    {
        < 1_000 => count.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => (count / Kilo).ToString("0.#", CultureInfo.InvariantCulture) + " k",
        _ => (count / Kilo / Kilo).ToString("0.#", CultureInfo.InvariantCulture) + " M",
    };

    /// <summary><c>950 B</c>, <c>12.3 kB</c>, <c>1.5 MB</c>, <c>2 GB</c>.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var (amount, unit) = ((double)bytes, 0);
        while (amount >= Kilo && unit < units.Length - 1)
            (amount, unit) = (amount / Kilo, unit + 1);
        return amount.ToString("0.#", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    /// <summary><c>1 file</c>, <c>2 files</c>.</summary>
    public static string Of(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
