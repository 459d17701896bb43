using System.Globalization;

namespace Donmai.Sessions;

/// <summary>One line of a session's log: what its process printed, secrets hidden (daemon-runtime.md §9.4).</summary>
public sealed record SessionLogLine
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>When the daemon read it, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>stdout</c> or <c>stderr</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>The line; of one above 64 KiB a part, which says so.</summary>
    public required string Text { get; init; }

    /// <summary>Reads a line as it is in the log: time, stream and text, with a blank between; <see langword="null"/> when it is none.</summary>
    /// <param name="line">The line without line feed.</param>
    public static SessionLogLine? Parse(string line) =>
        line.Split(' ', 3) is [var time, var stream, var text]
        && DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new SessionLogLine { At = at, Stream = stream, Text = text }
            : null;

    /// <summary>The line as it is in the log.</summary>
    public override string ToString() => $"{At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {Stream} {Text}";
}
