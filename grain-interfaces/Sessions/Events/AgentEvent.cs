using System.Text.Json.Serialization;

namespace Donmai.Sessions.Events;

/// <summary>One thing an agent did or said (worker.md §3.1): a JSON object with the discriminator <c>kind</c> and flat members.</summary>
[GenerateSerializer, Immutable, Alias("donmai.AgentEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(InitEvent), "init")]
[JsonDerivedType(typeof(SystemEvent), "system")]
[JsonDerivedType(typeof(AssistantTextEvent), "assistant_text")]
[JsonDerivedType(typeof(ToolUseEvent), "tool_use")]
[JsonDerivedType(typeof(ToolResultEvent), "tool_result")]
[JsonDerivedType(typeof(ToolProgressEvent), "tool_progress")]
[JsonDerivedType(typeof(ResultEvent), "result")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
public abstract record AgentEvent
{
    /// <summary>Number of the event in its session, from 1 without gaps; 0 before it was written down.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long Seq { get; init; }

    /// <summary>When it was written down.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? Ts { get; init; }

    /// <summary>Turn it belongs to, from 1.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Turn { get; init; }

    /// <summary>The tool use whose sub-agent produced it, if any.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ParentToolUseId { get; init; }

    /// <summary>The provider's own message; only when raw logging is on.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Raw { get; init; }
}
