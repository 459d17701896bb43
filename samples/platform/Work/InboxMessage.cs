namespace Donmai.FakePlatform.Work;

/// <summary>A message for a running session (platform-api.md §7.1).</summary>
public sealed record InboxMessage
{
    /// <summary>Its id; <see langword="null"/> numbers it <c>dlv_1</c>, <c>dlv_2</c>, ….</summary>
    public string? DeliveryId { get; init; }

    /// <summary>What is said.</summary>
    public required string Text { get; init; }

    /// <summary><c>user</c> for a turn of the user, <c>memory</c> or nothing for context.</summary>
    public string? Kind { get; init; }

    /// <summary>The turn it belongs to.</summary>
    public string? TurnId { get; init; }
}
