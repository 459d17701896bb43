namespace Donmai.Core.Platform;

/// <summary>Where a request stands in its outbox, and what became of it.</summary>
/// <param name="Start">Offset of its line.</param>
/// <param name="Length">Bytes of its line, without the line feed.</param>
/// <param name="State">What became of it.</param>
/// <param name="Since">When that was, of one that does not wait.</param>
/// <param name="Reason">Why it was refused.</param>
internal sealed record OutboxLine(long Start, int Length, OutboxState State, DateTimeOffset Since, string? Reason)
{
    /// <summary>The same after a mark.</summary>
    public OutboxLine After(OutboxMark mark) => mark switch
    {
        { DoneAt: { } done } => this with { State = OutboxState.Done, Since = done, Reason = null },
        { RefusedAt: { } refused } => this with { State = OutboxState.Refused, Since = refused, Reason = mark.Reason },
        { DiscardedAt: { } discarded } => this with { State = OutboxState.Discarded, Since = discarded },
        { RetriedAt: not null } => this with { State = OutboxState.Pending, Reason = null },
        _ => this,
    };
}
