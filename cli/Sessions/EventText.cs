using System.Globalization;
using System.Text.Json;
using Donmai.Cli.Rendering;
using Donmai.Sessions.Events;

namespace Donmai.Cli.Sessions;

/// <summary>Events as lines for people. What only repeats another event, or is of no interest while looking on, has no line.</summary>
internal static class EventText
{
    /// <summary>Sub-type of the events by which the worker says what it is at.</summary>
    public const string Phase = "phase";

    private const int LongestLine = 2000;

    // What of a tool's input says most about the call, best first.
    private static readonly string[] Telling = ["file_path", "path", "command", "cmd", "pattern", "url", "query", "description", "prompt"];

    /// <summary>The lines of one event.</summary>
    /// <param name="one">The event.</param>
    /// <param name="withTime">Whether each line starts with the time of day.</param>
    /// <param name="root">Directory whose name is left out of paths below it.</param>
    public static IEnumerable<Line> Lines(AgentEvent one, bool withTime = false, string? root = null) => one switch
    {
        InitEvent init => [Quiet(one, "*", $"agent session {init.SessionId}", withTime)],
        SystemEvent { Subtype: Phase, Message: { } phase } => [Quiet(one, "*", phase, withTime)],
        SystemEvent system => [Quiet(one, "*", Joined(system.Subtype, system.Message), withTime)],
        AssistantTextEvent text => Text(one, text.Text, withTime),
        ToolUseEvent use => [Tool(use, withTime, root)],
        ToolResultEvent result => [Result(result, withTime)],
        ErrorEvent error => [Bad(one, Joined(error.Code, error.Message), withTime)],
        ResultEvent { Success: false } result => [Bad(one, FailureOf(result), withTime)],
        _ => [],
    };

    /// <summary>The call in one line: the tool and what of its input says most.</summary>
    public static (string Name, string Argument) Call(ToolUseEvent use, string? root = null)
    {
        var argument = TerminalText.OneLine(ArgumentOf(use));
        if (root is not null && argument.StartsWith(root + "/", StringComparison.Ordinal))
            argument = argument[(root.Length + 1)..];
        return (TerminalText.OneLine(use.ToolName), argument.Length <= LongestLine ? argument : argument[..LongestLine] + "…");
    }

    private static Line Quiet(AgentEvent one, string mark, string text, bool withTime) =>
        new() { Mark = Mark(one, mark, Tone.Quiet, withTime), Spans = [new Span(TerminalText.OneLine(text), Tone.Quiet)], OneRow = true };

    private static Line Bad(AgentEvent one, string text, bool withTime) =>
        new() { Mark = Mark(one, "!", Tone.Bad, withTime), Spans = [new Span(TerminalText.OneLine(text), Tone.Bad)] };

    private static IEnumerable<Line> Text(AgentEvent one, string text, bool withTime)
    {
        var first = true;
        foreach (var row in TerminalText.Clean(text).Trim('\n').Split('\n'))
        {
            yield return new Line { Mark = Mark(one, first ? "-" : " ", Tone.Strong, withTime), Spans = [new Span(row.TrimEnd(), Tone.Plain)] };
            first = false;
        }
    }

    private static Line Tool(ToolUseEvent use, bool withTime, string? root)
    {
        var (name, argument) = Call(use, root);
        return new Line { Mark = Mark(use, ">", Tone.Name, withTime), Spans = [new Span(name, Tone.Name), new Span(" " + argument, Tone.Plain)], OneRow = true };
    }

    private static Line Result(ToolResultEvent result, bool withTime)
    {
        var rows = TerminalText.Clean(result.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var text = rows.Length == 0 ? "(no output)" : rows[0].Length <= LongestLine ? rows[0] : rows[0][..LongestLine] + "…";
        var more = rows.Length > 1 ? $"  (+{Amounts.Of(rows.Length - 1, "line")})" : "";
        return new Line
        {
            Mark = Mark(result, result.IsError ? "x" : " ", Tone.Bad, withTime),
            Spans = [new Span(text, result.IsError ? Tone.Bad : Tone.Quiet), new Span(more, Tone.Quiet)],
            OneRow = true,
        };
    }

    private static Span Mark(AgentEvent one, string mark, Tone tone, bool withTime) =>
        new(withTime && one.Ts is { } moment ? moment.ToLocalTime().ToString("HH:mm:ss ", CultureInfo.InvariantCulture) + mark : mark, tone);

    private static string Joined(string? first, string? second) =>
        string.IsNullOrEmpty(second) ? first ?? "" : string.IsNullOrEmpty(first) ? second : $"{first}: {second}";

    private static string FailureOf(ResultEvent result) =>
        result.Errors is { Count: > 0 } errors ? string.Join("; ", errors) : result.Message ?? result.ErrorSubtype ?? "the agent reported a failure";

    private static string ArgumentOf(ToolUseEvent use)
    {
        if (use.Input is null)
            return "";

        using var document = JsonDocument.Parse(use.Input.Text);
        var input = document.RootElement;
        if (input.ValueKind != JsonValueKind.Object)
            return "";
        foreach (var name in Telling)
            if (input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString() ?? "";
        var other = input.EnumerateObject().FirstOrDefault(static property => property.Value.ValueKind == JsonValueKind.String).Value;
        return other.ValueKind == JsonValueKind.String ? other.GetString() ?? "" : "";
    }
}
