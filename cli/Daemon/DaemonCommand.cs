using System.CommandLine;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon</c>.</summary>
internal static class DaemonCommand
{
    public static Command Create() =>
        new("daemon", "The daemon of this machine.")
        {
            DaemonRunCommand.Create(),
            DaemonInstallCommand.Create(),
            DaemonUninstallCommand.Create(),
            DaemonStartCommand.Create(),
            DaemonStopCommand.Create(),
            DaemonRestartCommand.Create(),
            DaemonLogsCommand.Create(),
        };
}
