using System.Text.Json.Serialization;

namespace Donmai.Sessions.Events;

/// <summary>The agent's words, possibly a piece of them.</summary>
[GenerateSerializer, Immutable, Alias("donmai.AssistantTextEvent")]
public sealed record AssistantTextEvent : AgentEvent
{
    /// <summary>The words.</summary>
    [Id(0)] public required string Text { get; init; }

    /// <summary>Tokens so far, where the provider says it.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public AgentCost? Usage { get; init; }
}
