namespace Donmai.Core.Daemon;

/// <summary>How the daemon ends (daemon-runtime.md §6.5).</summary>
/// <param name="ExitCode">Exit code of the program.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record DaemonEnding(int ExitCode, string Reason)
{
    /// <summary>A clean stop; the service manager leaves it at that.</summary>
    public const int Clean = 0;

    /// <summary>A failure; the service manager starts the daemon again.</summary>
    public const int Failure = 1;

    /// <summary>The program was replaced; the service manager starts it at once, and does not count it as a crash.</summary>
    public const int Restart = 3;
}
