using System.Globalization;
using System.Text.Json;

namespace Donmai.Core.Daemon.Logs;

/// <summary>One entry of systemd's journal, as <c>journalctl --output=json</c> prints it.</summary>
public static class JournalLine
{
    private const long TicksPerMicrosecond = 10;

    // syslog(3): emergencies to debug.
    private static readonly string[] Levels =
        ["critical", "critical", "critical", "error", "warning", "information", "information", "debug"];

    /// <summary>Reads an entry. The time, and the level where the message names none, are the journal's.</summary>
    public static LogLine Of(string entry)
    {
        try
        {
            using var document = JsonDocument.Parse(entry);
            var fields = document.RootElement;
            var line = LogLine.Of(Text(fields, "MESSAGE"));
            return line with
            {
                Time = line.Time ?? (long.TryParse(Text(fields, "__REALTIME_TIMESTAMP"), CultureInfo.InvariantCulture, out var microseconds)
                    ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TicksPerMicrosecond)
                    : null),
                Level = line.Level ?? (int.TryParse(Text(fields, "PRIORITY"), CultureInfo.InvariantCulture, out var priority) && priority >= 0 && priority < Levels.Length
                    ? Levels[priority]
                    : null),
            };
        }
        catch (JsonException)
        {
            return LogLine.Of(entry);
        }
    }

    // What is not text in the journal's eyes is an array of bytes.
    private static string Text(JsonElement fields, string name)
    {
        if (!fields.TryGetProperty(name, out var value))
            return "";
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Array => System.Text.Encoding.UTF8.GetString([.. value.EnumerateArray()
                .Select(static one => one.ValueKind == JsonValueKind.Number && one.TryGetByte(out var octet) ? octet : (byte)'?')]),
            _ => "",
        };
    }
}
