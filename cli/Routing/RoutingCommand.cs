using System.CommandLine;

namespace Donmai.Cli.Routing;

/// <summary><c>donmai routing</c>: where sessions run.</summary>
internal static class RoutingCommand
{
    public static Command Create() =>
        new("routing", "Where sessions run, and why.") { RoutingConfigCommand.Create(), RoutingExplainCommand.Create(), RoutingSimulateCommand.Create() };
}
