namespace Donmai.Core.Daemon;

/// <summary>What moves the daemon from one <see cref="DaemonPhase"/> to another (control-api.md §3).</summary>
public enum DaemonTrigger
{
    /// <summary>The host starts the daemon.</summary>
    Start,

    /// <summary>The store is open; sessions of the former life are looked for.</summary>
    Recover,

    /// <summary>Every session of the former life is classified.</summary>
    Recovered,

    /// <summary>The start failed.</summary>
    Fail,

    /// <summary><c>POST pause</c>.</summary>
    Pause,

    /// <summary><c>POST resume</c>.</summary>
    Resume,

    /// <summary><c>POST drain</c>, followed by a pause.</summary>
    Drain,

    /// <summary><c>POST drain</c> with <c>"then": "none"</c>.</summary>
    DrainThenRun,

    /// <summary>No session is left, or no longer waited for.</summary>
    Drained,

    /// <summary><c>POST stop</c>, a signal, <c>POST drain</c> with <c>"then": "stop"</c>.</summary>
    Stop,

    /// <summary>A stop that waits for nobody.</summary>
    StopNow,

    /// <summary>A verified new version is about to be installed.</summary>
    Update,

    /// <summary>It was not installed.</summary>
    UpdateGivenUp,

    /// <summary>It is in place.</summary>
    UpdateApplied,
}
