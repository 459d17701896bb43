using Orleans.Concurrency;

namespace Donmai.Platform;

/// <summary>
/// What workers could not tell their platform any more (worker.md §1.8, §2.9): delivered later, with a back-off, for as long as it takes. Everything is in
/// the sessions' record directories, so nothing is lost with the daemon. Key: the machine id.
/// </summary>
[Alias("donmai.IOutboxGrain")]
public interface IOutboxGrain : IGrainWithStringKey
{
    /// <summary>Looks for what an earlier daemon did not get to, and delivers from now on. Again: nothing happens.</summary>
    [Alias("Begin")]
    Task Begin();

    /// <summary>Delivers no more. Again: nothing happens.</summary>
    [Alias("End")]
    Task End();

    /// <summary>
    /// Takes over from a worker that has ended. A worker that did not report the session's end, because it was killed or never began, is reported in its
    /// place: what that takes is on disk when this returns. Again: nothing happens.
    /// </summary>
    [Alias("Collect")]
    Task Collect(SessionLeavings leavings);

    /// <summary>The platform is heard again: what waits does not wait for its time.</summary>
    [Alias("DeliverSoon"), AlwaysInterleave]
    Task DeliverSoon();

    /// <summary>What waits, and what the platform refused for good.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<OutboxList> List();

    /// <summary>Tries again at once.</summary>
    /// <param name="id">A request, refused or waiting, or a session for all of its; <see langword="null"/> for everything that waits.</param>
    /// <exception cref="OutboxItemNotFoundException">Nothing of that id waits or was refused.</exception>
    [Alias("Retry"), AlwaysInterleave]
    Task<OutboxRetry> Retry(string? id);

    /// <summary>Gives requests up: the platform is never told. What is being sent at this moment may still arrive.</summary>
    /// <param name="id">A request, refused or waiting, or a session for all of its.</param>
    /// <exception cref="OutboxItemNotFoundException">Nothing of that id waits or was refused.</exception>
    [Alias("Discard"), AlwaysInterleave]
    Task<OutboxDiscard> Discard(string id);
}
