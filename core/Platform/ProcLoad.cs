using System.Globalization;
using Donmai.Core.Platform.Wire;

namespace Donmai.Core.Platform;

/// <summary>The load of a Linux machine, read from <c>/proc</c>. Elsewhere nothing is known.</summary>
/// <param name="root">Where the files are.</param>
public sealed class ProcLoad(string root = "/proc") : IMachineLoad
{
    private const int IdleColumn = 3;
    private const int WaitColumn = 4;
    private const double Hundred = 100;

    private readonly Lock _gate = new();
    private double _busy; // ticks since the system's start, so that the first look is at all of its time
    private double _all;

    /// <inheritdoc/>
    public MachineLoad? Use() => Processors() is { } cpu && Memory() is { } memory ? new MachineLoad { Cpu = cpu, Memory = memory } : null;

    /// <inheritdoc/>
    public LoadAverages? Averages() => Read("loadavg")?.Split(' ') is [var one, var five, var fifteen, ..]
        && Number(one) is { } first && Number(five) is { } second && Number(fifteen) is { } third
            ? new LoadAverages { One = first, Five = second, Fifteen = third }
            : null;

    private static double? Number(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double? Amount(string text, string name) => text.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(static line => Words(line) is [_, var amount, ..] ? Number(amount) : null)
        .FirstOrDefault();

    private double? Processors()
    {
        if (Read("stat")?.Split('\n')[0] is not { } line || Words(line) is not ["cpu", .. var words] || words.Length <= WaitColumn)
            return null;
        var ticks = Array.ConvertAll(words, static word => Number(word) ?? 0);
        lock (_gate)
        {
            var (busyBefore, allBefore) = (_busy, _all);
            _all = ticks.Sum();
            _busy = _all - ticks[IdleColumn] - ticks[WaitColumn];
            return _all > allBefore ? Math.Clamp((_busy - busyBefore) / (_all - allBefore) * Hundred, 0, Hundred) : 0;
        }
    }

    private double? Memory() =>
        Read("meminfo") is { } text && Amount(text, "MemTotal:") is { } all and > 0 && Amount(text, "MemAvailable:") is { } available
            ? Math.Clamp((all - available) / all * Hundred, 0, Hundred)
            : null;

    private string? Read(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, name));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
