using System.CommandLine;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai agent</c>: what the daemon starts.</summary>
internal static class AgentCommand
{
    public static Command Create() => new("agent", "What the daemon starts for each session.") { AgentRunCommand.Create() };
}
