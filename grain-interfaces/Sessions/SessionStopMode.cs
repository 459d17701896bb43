namespace Donmai.Sessions;

/// <summary>How an intended end of a session is classified (daemon-runtime.md §15.1, §9.6). Stable wire strings.</summary>
public static class SessionStopMode
{
    /// <summary>Somebody asked for it; never dispatched again.</summary>
    public const string OperatorCancelled = "operator-cancelled";

    /// <summary>The session reached its longest life.</summary>
    public const string Timeout = "timeout";

    /// <summary>The daemon was drained and the session did not end in time.</summary>
    public const string Drained = "drained";

    /// <summary>The session did nothing for too long.</summary>
    public const string NoProgress = "no-progress";
}
