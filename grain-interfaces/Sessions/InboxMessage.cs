using System.Text.Json.Serialization;

namespace Donmai.Sessions;

/// <summary>A message of the platform for the agent of a running session (platform-api.md §7.1, worker.md §8.2).</summary>
[GenerateSerializer, Immutable, Alias("donmai.InboxMessage")]
public sealed record InboxMessage
{
    /// <summary>Names the message within its session; it is acknowledged by it. The daemon gives one to a message that comes without.</summary>
    [Id(0)] public string DeliveryId { get; init => field = value ?? ""; } = "";

    /// <summary>The words, not blank.</summary>
    [Id(1)] public string Text { get; init => field = value ?? ""; } = "";

    /// <summary><c>user</c> for a message of a user, <c>memory</c> or empty for context of the next one.</summary>
    [Id(2)] public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>The platform's id of the turn that the message belongs to.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TurnId { get; init; }
}
