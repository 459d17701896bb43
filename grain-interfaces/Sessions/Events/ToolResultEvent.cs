using System.Text.Json.Serialization;

namespace Donmai.Sessions.Events;

/// <summary>The outcome of a tool call.</summary>
[GenerateSerializer, Immutable, Alias("donmai.ToolResultEvent")]
public sealed record ToolResultEvent : AgentEvent
{
    /// <summary>Name of the tool.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ToolName { get; init; }

    /// <summary>Id of the call.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ToolUseId { get; init; }

    /// <summary>What the tool answered.</summary>
    [Id(2)] public required string Content { get; init; }

    /// <summary>Whether the tool failed.</summary>
    [Id(3)] public bool IsError { get; init; }
}
