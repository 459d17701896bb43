namespace Donmai.Sessions;

/// <summary>Answer to the acknowledgement of a message (docs/decisions/0019). Additive.</summary>
[GenerateSerializer, Immutable, Alias("donmai.InboxAcknowledgement")]
public sealed record InboxAcknowledgement
{
    /// <summary>The session's id.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Id of the message.</summary>
    [Id(1)] public string DeliveryId { get; init; } = "";

    /// <summary>Whether the session has or had a message of that id; it is not shown again.</summary>
    [Id(2)] public bool Acknowledged { get; init; }
}
