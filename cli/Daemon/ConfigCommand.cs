using System.CommandLine;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai config</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "Show, change and check daemon.yaml.")
    {
        ConfigShowCommand.Create(), ConfigGetCommand.Create(), ConfigSetCommand.Create(), ConfigUnsetCommand.Create(), ConfigValidateCommand.Create(),
    };
}
