using System.CommandLine;

namespace Donmai.Cli.Platform;

/// <summary><c>donmai platform</c>: the link to the orchestrator.</summary>
internal static class PlatformCommand
{
    public static Command Create() =>
        new("platform", "The daemon's link to its orchestrator.")
        {
            PlatformStatusCommand.Create(), PlatformRegisterCommand.Create(), PlatformForgetCommand.Create(),
        };
}
