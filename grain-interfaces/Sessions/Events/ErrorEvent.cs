using System.Text.Json.Serialization;

namespace Donmai.Sessions.Events;

/// <summary>Trouble of the provider or of its adapter (codes: worker.md §3.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.ErrorEvent")]
public sealed record ErrorEvent : AgentEvent
{
    /// <summary>What happened.</summary>
    [Id(0)] public required string Message { get; init; }

    /// <summary>Stable code.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Code { get; init; }

    /// <summary>Whether the turn ended by it.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool Fatal { get; init; }
}
