namespace Donmai.Core.Providers;

/// <summary>
/// Where the members of a program's JSON lines stand: names joined by dots, a number for an element of a list. The defaults read events in the
/// product's own form (worker.md §3.1).
/// </summary>
public sealed record GenericMapping
{
    /// <summary>Kinds of events a line can be, in the words of the event model; <see cref="Ignored"/> for lines that say nothing.</summary>
    public static IReadOnlyList<string> EventKinds { get; } = ["init", "assistant_text", "tool_use", "tool_result", "system", "result", "error", Ignored];

    /// <summary>The kind of lines that say nothing.</summary>
    public const string Ignored = "ignore";

    /// <summary>What a line is.</summary>
    public string Kind { get; init; } = "kind";

    /// <summary>Kinds of events by the program's own words; words that are not named stand for themselves.</summary>
    public Dictionary<string, string> Kinds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The program's session id, on whatever line.</summary>
    public string SessionId { get; init; } = "sessionId";

    /// <summary>The agent's words.</summary>
    public string Text { get; init; } = "text";

    /// <summary>The words of a notice, a result or an error.</summary>
    public string Message { get; init; } = "message";

    /// <summary>Name of a tool.</summary>
    public string ToolName { get; init; } = "toolName";

    /// <summary>Id of a tool call.</summary>
    public string ToolId { get; init; } = "toolUseId";

    /// <summary>Arguments of a tool call.</summary>
    public string ToolInput { get; init; } = "input";

    /// <summary>What a tool answered.</summary>
    public string ToolOutput { get; init; } = "content";

    /// <summary>Whether a tool failed: <c>true</c>, or any text but an empty one.</summary>
    public string ToolFailed { get; init; } = "isError";

    /// <summary>Whether a result is a success: a line without it is one.</summary>
    public string Success { get; init; } = "success";

    /// <summary>Tokens read.</summary>
    public string InputTokens { get; init; } = "cost.inputTokens";

    /// <summary>Tokens written.</summary>
    public string OutputTokens { get; init; } = "cost.outputTokens";

    /// <summary>Tokens read from a cache.</summary>
    public string CachedTokens { get; init; } = "cost.cachedInputTokens";

    /// <summary>Price in US dollars.</summary>
    public string CostUsd { get; init; } = "cost.totalCostUsd";
}
