using System.Text.Json.Serialization;

namespace Donmai.Sessions.Events;

/// <summary>A tool call starts.</summary>
[GenerateSerializer, Immutable, Alias("donmai.ToolUseEvent")]
public sealed record ToolUseEvent : AgentEvent
{
    /// <summary>Name of the tool.</summary>
    [Id(0)] public required string ToolName { get; init; }

    /// <summary>Id of the call, unique in the session.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ToolUseId { get; init; }

    /// <summary>Arguments of the call; <see langword="null"/> when they could not be read.</summary>
    [Id(2)] public JsonText? Input { get; init; }

    /// <summary><c>filesystem</c>, <c>shell</c>, <c>network</c>, <c>linear</c> or <c>code-intel</c>.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ToolCategory { get; init; }

    /// <summary>Tokens so far, where the provider says it.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public AgentCost? Usage { get; init; }
}
