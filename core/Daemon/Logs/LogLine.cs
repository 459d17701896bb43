using System.Globalization;
using System.Text.Json;

namespace Donmai.Core.Daemon.Logs;

/// <summary>One line of the daemon's log, in either of its formats, as far as it can be understood.</summary>
public sealed record LogLine
{
    private const int WordLength = 4;

    /// <summary>The line as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>When; <see langword="null"/> for a line that does not say so, such as one of the runtime's own.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary><c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c> or <c>critical</c>; <see langword="null"/> when it does not say so.</summary>
    public string? Level { get; init; }

    /// <summary>What is said, for people: without time and level.</summary>
    public required string Message { get; init; }

    /// <summary>Whether <see cref="Text"/> is a JSON object.</summary>
    public bool IsJson { get; init; }

    /// <summary>Reads a line of a log file.</summary>
    public static LogLine Of(string text) => text.StartsWith('{') && OfJson(text) is { } line ? line : OfWords(text);

    // "2026-05-07T12:34:56.789Z info: Donmai.Core.Daemon.X[1101] …"
    private static LogLine OfWords(string text)
    {
        var rest = text;
        DateTimeOffset? time = null;
        var blank = rest.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && Moment(rest[..blank]) is { } moment)
            (time, rest) = (moment, rest[(blank + 1)..]);
        var level = rest.Length > WordLength && rest[WordLength] == ':' ? LevelOf(rest[..WordLength]) : null;
        return new LogLine { Text = text, Time = time, Level = level, Message = level is null ? rest : rest[(WordLength + 1)..].TrimStart() };
    }

    private static LogLine? OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var entry = document.RootElement;
            var category = Word(entry, "category");
            var message = Word(entry, "message") ?? text;
            var exception = Word(entry, "exception") is { } trace ? " " + trace.ReplaceLineEndings(" ") : "";
            return new LogLine
            {
                Text = text,
                Time = Word(entry, "time") is { } time ? Moment(time) : null,
                Level = Word(entry, "level"),
                Message = (category is null ? message : $"{category}[{Number(entry, "eventId")}] {message}") + exception,
                IsJson = true,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? LevelOf(string word) => word switch
    {
        "trce" => "trace",
        "dbug" => "debug",
        "info" => "information",
        "warn" => "warning",
        "fail" => "error",
        "crit" => "critical",
        _ => null,
    };

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    private static string? Word(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Number(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "0";
}
