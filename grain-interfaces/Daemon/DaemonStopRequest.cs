namespace Donmai.Daemon;

/// <summary>How the daemon is to stop.</summary>
[GenerateSerializer, Immutable, Alias("donmai.DaemonStopRequest")]
public sealed record DaemonStopRequest
{
    /// <summary>Whether running sessions are left running for the next start to find, instead of being drained.</summary>
    [Id(0)] public bool KeepSessions { get; init; }

    /// <summary>Whether a wait for sessions ends now: they are ended without a grace period.</summary>
    [Id(1)] public bool Immediately { get; init; }

    /// <summary>Who or what asked, in words, for the log and <c>last-exit.json</c>.</summary>
    [Id(2)] public string? Reason { get; init; }
}
