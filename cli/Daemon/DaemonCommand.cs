using System.CommandLine;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon</c>.</summary>
internal static class DaemonCommand
{
    private const string Notes =
        """
        A day with a daemon:
          donmai daemon setup                     ask for what it has to know
          donmai daemon run                       in the foreground, until Ctrl-C
          donmai daemon status                    what it does
          donmai daemon doctor                    what is wrong, also when no daemon runs
          donmai daemon drain --then stop --wait  let the sessions end, then the daemon
        """;

    public static Command Create() => new NotedCommand("daemon", "The daemon of this machine.", Notes)
    {
        DaemonRunCommand.Create(),
        DaemonSetupCommand.Create(),
        StatusCommand.Create(),
        DaemonStatsCommand.Create(),
        DaemonPauseCommand.Create(),
        DaemonResumeCommand.Create(),
        DaemonDrainCommand.Create(),
        DaemonUpdateCommand.Create(),
        DaemonCapacityCommand.Create(),
        DaemonDoctorCommand.Create(),
        DaemonCapabilitiesCommand.Create(),
        DaemonHeartbeatCommand.Create(),
        DaemonInstallCommand.Create(),
        DaemonUninstallCommand.Create(),
        DaemonStartCommand.Create(),
        DaemonStopCommand.Create(),
        DaemonRestartCommand.Create(),
        DaemonLogsCommand.Create(),
    };
}
