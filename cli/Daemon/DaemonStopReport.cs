namespace Donmai.Cli.Daemon;

/// <summary>What <c>donmai daemon stop</c> did.</summary>
internal sealed record DaemonStopReport
{
    /// <summary>Whether there was a daemon to stop.</summary>
    public required bool WasRunning { get; init; }

    /// <summary>Whether it has ended; otherwise it is about to.</summary>
    public required bool Ended { get; init; }

    /// <summary>Its process id; absent when nobody ran.</summary>
    public int? Pid { get; init; }

    /// <summary>Sessions that go on without it.</summary>
    public int SessionsKept { get; init; }
}
