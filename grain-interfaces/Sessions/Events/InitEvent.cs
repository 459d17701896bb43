namespace Donmai.Sessions.Events;

/// <summary>The provider session exists.</summary>
[GenerateSerializer, Immutable, Alias("donmai.InitEvent")]
public sealed record InitEvent : AgentEvent
{
    /// <summary>The provider's own session id.</summary>
    [Id(0)] public required string SessionId { get; init; }
}
