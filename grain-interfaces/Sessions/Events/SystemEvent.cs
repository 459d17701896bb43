using System.Text.Json.Serialization;

namespace Donmai.Sessions.Events;

/// <summary>A status notice (sub-types: worker.md §3.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.SystemEvent")]
public sealed record SystemEvent : AgentEvent
{
    /// <summary>What kind of notice.</summary>
    [Id(0)] public required string Subtype { get; init; }

    /// <summary>The notice in words.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Message { get; init; }
}
