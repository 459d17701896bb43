namespace Donmai.FakePlatform.Sessions;

/// <summary>How far a session is.</summary>
public enum SessionState
{
    /// <summary>Waits in the queue, again.</summary>
    Queued,

    /// <summary>Handed out to a worker.</summary>
    Claimed,

    /// <summary>Its worker said that it runs.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>Was ended.</summary>
    Stopped,
}
