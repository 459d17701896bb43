using System.Text.Json.Serialization;

namespace Donmai.Core.Platform.Wire;

/// <summary>One thing that happened in a session (platform-api.md §10.1). Members that are <see langword="null"/> are left out.</summary>
public sealed record PlatformActivity
{
    /// <summary><c>thought</c>, <c>action</c>, <c>response</c>, <c>error</c> or <c>context</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about, for people.</summary>
    public required string Content { get; init; }

    /// <summary>The tool that was used.</summary>
    public string? ToolName { get; init; }

    /// <summary>Pairs a tool's use with its result.</summary>
    public string? ToolUseId { get; init; }

    /// <summary>What the tool was given; an object.</summary>
    public JsonText? ToolInput { get; init; }

    /// <summary>Kind of the tool.</summary>
    public string? ToolCategory { get; init; }

    /// <summary>What the tool said.</summary>
    public string? ToolOutput { get; init; }

    /// <summary>Whether the tool failed; left out when it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsError { get; init; }

    /// <summary>Milliseconds between use and result; left out when 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long DurationMs { get; init; }

    /// <summary>Who ran the agent, e.g. <c>claude</c>.</summary>
    public string? ProviderName { get; init; }

    /// <summary>When it was told, RFC 3339 with up to nine digits of a second.</summary>
    public string? Timestamp { get; init; }
}
