namespace Donmai.Cli;

/// <summary>Exit codes of the command, as its help says them.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Refused, not found, or failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is not usable, or nothing could be started.</summary>
    public const int NotStarted = 2;

    /// <summary>The session was stopped.</summary>
    public const int Stopped = 5;

    /// <summary><c>daemon.yaml</c> cannot be used (<c>EX_CONFIG</c>); nothing was bound or registered.</summary>
    public const int ConfigurationInvalid = 78;
}
