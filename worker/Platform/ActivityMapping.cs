using System.Text.Json;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Platform;

/// <summary>Which events are activities, and what they say (platform-api.md §10.2). Takes bounded time, however long an event is.</summary>
/// <param name="options">Limits, and whether notices are told.</param>
internal sealed class ActivityMapping(ActivityPosterOptions options)
{
    // What is cut before secrets are hidden leaves room for the secret at the cut.
    private const int Margin = 4096;

    private static readonly string[] Notices = ["compact_boundary", "context_compaction", "rate_limit"];

    private readonly ToolUseClock _toolUses = new();

    /// <summary>The activity of an event; <see langword="null"/> when it is none.</summary>
    /// <param name="happening">The event.</param>
    /// <param name="now">The time now.</param>
    public ActivityDraft? Draft(AgentEvent? happening, DateTimeOffset now) => happening switch
    {
        AssistantTextEvent text => Thought(text, now),
        ToolUseEvent use => Use(use, now),
        ToolResultEvent result => Result(result, now),
        ResultEvent end => Said(ActivityType.Response, Closing(end), now),
        ErrorEvent error => Said(ActivityType.Error, FirstOf(error.Message, error.Code) ?? "agent error", now),
        SystemEvent notice when options.TellNotices && Notices.Contains(notice.Subtype, StringComparer.Ordinal) =>
            Said(ActivityType.Context, FirstOf(notice.Message) ?? notice.Subtype, now),
        _ => null,
    };

    /// <summary>What is said of a tool use: its name, and the argument that tells most.</summary>
    /// <param name="tool">Name of the tool.</param>
    /// <param name="input">Its arguments.</param>
    internal static string Summary(string tool, JsonElement input)
    {
        var argument = tool.ToLowerInvariant() switch
        {
            "bash" => Text(input, "command"),
            "read" or "edit" or "write" or "notebookedit" => Text(input, "file_path"),
            "grep" or "glob" => Text(input, "pattern"),
            "agent" or "task" => Text(input, "description") ?? Text(input, "prompt"),
            _ => null,
        };
        return argument is null ? tool : ActivityText.Collapse($"{tool}: {argument}");
    }

    private ActivityDraft? Thought(AssistantTextEvent text, DateTimeOffset now)
    {
        var head = ActivityText.Head(text.Text, options.MaxTextBytes + Margin);
        return head.Length == 0 ? null : new()
        {
            Type = ActivityType.Thought,
            Words = head,
            WordsLimit = options.MaxTextBytes,
            At = now,
            IsPiece = true,
            Speaker = text.ParentToolUseId,
        };
    }

    private ActivityDraft Use(ToolUseEvent use, DateTimeOffset now)
    {
        _toolUses.Begin(use.ToolUseId, now);
        var tool = Name(use.ToolName);
        var input = use.Input?.Text is { } text && text.Length <= options.MaxBodyBytes ? text : null;
        return new()
        {
            Type = ActivityType.Action,
            Words = ActivityText.Head(Summary(tool, input), options.MaxSummaryBytes + Margin),
            WordsLimit = options.MaxSummaryBytes,
            At = now,
            ToolName = ActivityText.Head(use.ToolName, options.MaxTextBytes),
            ToolUseId = ActivityText.Head(use.ToolUseId ?? "", options.MaxTextBytes),
            ToolCategory = ActivityText.Head(use.ToolCategory ?? "", options.MaxTextBytes),
            ToolInput = input,
        };
    }

    private ActivityDraft Result(ToolResultEvent result, DateTimeOffset now) => new()
    {
        Type = ActivityType.Action,
        Words = $"{ActivityText.Head(Name(result.ToolName), options.MaxSummaryBytes)} result{(result.IsError ? " (error)" : "")}",
        WordsLimit = options.MaxSummaryBytes,
        At = now,
        ToolName = ActivityText.Head(result.ToolName ?? "", options.MaxTextBytes),
        ToolUseId = ActivityText.Head(result.ToolUseId ?? "", options.MaxTextBytes),
        ToolOutput = ActivityText.Head(result.Content, options.MaxOutputBytes + Margin),
        IsError = result.IsError,
        DurationMs = _toolUses.End(result.ToolUseId, now),
    };

    private ActivityDraft Said(string type, string words, DateTimeOffset now) => new()
    {
        Type = type,
        Words = ActivityText.TrimmedHead(words, options.MaxTextBytes + Margin),
        WordsLimit = options.MaxTextBytes,
        At = now,
    };

    private static string Closing(ResultEvent end)
    {
        if (FirstOf(end.Message) is { } message)
            return message;
        if (end.Success)
            return "Session completed";
        var errors = string.Join("; ", (end.Errors ?? []).Where(static error => !string.IsNullOrWhiteSpace(error)));
        return errors.Length > 0 ? errors : "Session ended";
    }

    private static string Summary(string tool, string? input)
    {
        if (input is null)
            return tool;
        try
        {
            using var arguments = JsonDocument.Parse(input, ActivityJson.AnyDepth);
            return Summary(tool, arguments.RootElement);
        }
        catch (JsonException)
        {
            return tool;
        }
    }

    private static string? Text(JsonElement input, string name) => Providers.ForeignJson.Text(input, name);

    private static string Name(string? tool) => string.IsNullOrWhiteSpace(tool) ? "tool" : tool;

    private static string? FirstOf(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (!string.IsNullOrWhiteSpace(text))
                return text;
        return null;
    }
}
