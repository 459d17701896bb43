namespace Donmai.Worker.Providers;

/// <summary>Kinds of trouble that agents report in words (worker.md §4.0 CP-14).</summary>
internal enum KnownTrouble
{
    /// <summary>Not recognised.</summary>
    None,

    /// <summary>The agent is not logged in.</summary>
    Authentication,

    /// <summary>Nothing is left of the user's allowance.</summary>
    Quota,

    /// <summary>The same may succeed a little later.</summary>
    Transient,

    /// <summary>The session to continue is not known.</summary>
    UnknownSession,
}
