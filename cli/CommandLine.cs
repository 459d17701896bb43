using System.CommandLine;
using Donmai.Cli.Daemon;
using Donmai.Cli.Routing;
using Donmai.Cli.Sessions;
using Donmai.Cli.Workareas;

namespace Donmai.Cli;

/// <summary>The command <c>donmai</c>: its verbs, and what they have in common.</summary>
internal static class CommandLine
{
    private const string Description =
        """
        Runs coding agents on this machine, and does not lose them.

        Exit codes:
          0  done
          1  refused, not found, or failed; standard error says why
          2  the command line is not usable, or nothing could be started
          5  the session was stopped (run, agent run)
        """;

    /// <summary>Parses and runs one command line.</summary>
    /// <returns>The exit code (<see cref="ExitCode"/>).</returns>
    public static async Task<int> Run(string[] arguments)
    {
        var parsed = Build().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"donmai: {parsed.Errors[0].Message} See '{PathOf(parsed.CommandResult.Command)} --help'.");
            return ExitCode.NotStarted;
        }

        // Signals belong to the verbs: what Ctrl-C means differs between them.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>The tree of verbs.</summary>
    internal static RootCommand Build()
    {
        var root = new RootCommand(Description)
        {
            RunCommand.Create(),
            DaemonCommand.Create(),
            StatusCommand.Create(),
            SessionCommand.Create(),
            WorkareaCommand.Create(),
            RoutingCommand.Create(),
            AgentCommand.Create(),
        };
        foreach (var option in root.Options.OfType<VersionOption>())
            option.Action = new VersionAction();
        return root;
    }

    private static string PathOf(Command command)
    {
        var names = new Stack<string>();
        for (var step = command; step is not null and not RootCommand; step = step.Parents.OfType<Command>().FirstOrDefault())
            names.Push(step.Name);
        return string.Join(' ', names.Prepend("donmai"));
    }
}
