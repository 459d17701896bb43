using System.Globalization;

namespace Donmai.Core.Daemon;

/// <summary>Durations as existing tools write them: <c>45s</c>, <c>1m30s</c>, <c>1h0m0s</c> (control-api.md §4.4).</summary>
public static class DurationText
{
    /// <summary>The text of a duration; parts of a second are dropped.</summary>
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        seconds %= 60;
        return hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours}h{minutes}m{seconds}s")
            : minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes}m{seconds}s")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds}s");
    }
}
