using System.Globalization;

namespace Donmai.Core.Platform;

/// <summary>The load of a Linux machine, read from <c>/proc</c>. Elsewhere nothing is known.</summary>
/// <param name="root">Where the files are.</param>
public sealed class ProcLoad(string root = "/proc") : IMachineLoad
{
    private const int IdleColumn = 3;
    private const int WaitColumn = 4;
    private const double Hundred = 100;
    private (double Busy, double All)? _before;

    /// <inheritdoc/>
    public LoadSample Sample()
    {
        var averages = Read("loadavg")?.Split(' ');
        return new LoadSample(Cpu(), Memory(), Number(averages, 0), Number(averages, 1), Number(averages, 2));
    }

    private static double? Number(string[]? words, int index) =>
        words?.Length > index && double.TryParse(words[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static double? Line(string text, string name) => text.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(static line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), 1))
        .FirstOrDefault();

    private double? Cpu()
    {
        var first = Read("stat")?.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (first is not ["cpu", .. var ticks] || ticks.Length <= WaitColumn)
            return null;
        var numbers = Array.ConvertAll(ticks, static tick => Number([tick], 0) ?? 0);
        var (all, before) = (numbers.Sum(), _before);
        _before = (all - numbers[IdleColumn] - numbers[WaitColumn], all);
        return before is { } former && all > former.All
            ? Math.Clamp((_before.Value.Busy - former.Busy) / (all - former.All) * Hundred, 0, Hundred)
            : null;
    }

    private double? Memory() =>
        Read("meminfo") is { } text && Line(text, "MemTotal:") is { } all and > 0 && Line(text, "MemAvailable:") is { } available
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
