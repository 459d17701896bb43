using System.CommandLine;

namespace Donmai.Cli.Providers;

/// <summary><c>donmai provider</c>: what sessions can be run with.</summary>
internal static class ProviderCommand
{
    public static Command Create() =>
        new("provider", "What sessions can be run with, and why something cannot be used.")
        {
            ProviderListCommand.Create(), ProviderShowCommand.Create(), ProviderProbeCommand.Create(),
        };
}
