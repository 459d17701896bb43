namespace Donmai.Core.Platform;

/// <summary>A request of an outbox, and what became of it.</summary>
/// <param name="Entry">The request.</param>
/// <param name="State">What became of it.</param>
/// <param name="Since">When that was; of a waiting one, when it was written.</param>
/// <param name="Reason">Why it was refused; <see langword="null"/> otherwise.</param>
public sealed record OutboxItem(OutboxEntry Entry, OutboxState State, DateTimeOffset Since, string? Reason)
{
    /// <summary>Whether the platform may still be told of it: it waits, or could be sent once more.</summary>
    public bool IsOpen => State is OutboxState.Pending or OutboxState.Refused;
}
