namespace Donmai.Sessions;

/// <summary>Admission of sessions on one machine (daemon-runtime.md §7–§9). Key: the machine id.</summary>
[Alias("donmai.ISpawnerGrain")]
public interface ISpawnerGrain : IGrainWithStringKey
{
    /// <summary>Accepts a session and starts it, or refuses it with the first reason of control-api.md §4.9.</summary>
    /// <exception cref="InvalidSessionSpecException">A member of the request is not usable.</exception>
    /// <exception cref="SessionAlreadyActiveException">A session of that id is live.</exception>
    /// <exception cref="SessionRefusedException">Not running, not accepting, full, not allowlisted, not routable, or not startable.</exception>
    [Alias("Accept"), ResponseTimeout("01:00:00")]
    Task<SessionHandle> Accept(SessionSpec spec);

    /// <summary>Makes the slot of an accepted session durable. Called by the session before it starts anything, so that a recovery knows of it.</summary>
    [Alias("Secure")]
    Task Secure(string sessionId);

    /// <summary>A session has ended and everything about its end is done; frees its slot. Repeating it is harmless.</summary>
    /// <param name="ended">The session as it ended.</param>
    [Alias("Release"), ResponseTimeout("01:00:00")]
    Task Release(SessionHandle ended);

    /// <summary>The live sessions, by id in byte order.</summary>
    [Alias("Live")]
    Task<List<SessionHandle>> Live();

    /// <summary>The most recently ended sessions, newest first, at most <paramref name="limit"/>.</summary>
    [Alias("Ended")]
    Task<List<SessionHandle>> Ended(int limit);

    /// <summary>Slots and whether work is accepted.</summary>
    [Alias("Admission")]
    Task<SpawnerAdmission> Admission();

    /// <summary>Finds the sessions of the daemon's former life again; called once per start, before work is accepted.</summary>
    /// <returns>How many sessions are live again.</returns>
    [Alias("Recover"), ResponseTimeout("01:00:00")]
    Task<int> Recover();

    /// <summary>Turns acceptance of new work on or off.</summary>
    [Alias("SetAccepting")]
    Task SetAccepting(bool accepting);

    /// <summary>Asks every live session to end; repeating it is harmless (daemon-runtime.md §9.7).</summary>
    /// <param name="request">How their ends are classified, and whether they get a grace period.</param>
    /// <returns>The sessions that were asked, by id; not one that is only just being started.</returns>
    [Alias("EndAll")]
    Task<List<SessionStopOutcome>> EndAll(SessionStopRequest request);
}
