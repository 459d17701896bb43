using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using Donmai.Cli.Completion;
using Donmai.Cli.Daemon;
using Donmai.Cli.Platform;
using Donmai.Cli.Providers;
using Donmai.Cli.Routing;
using Donmai.Cli.Sessions;
using Donmai.Cli.Workareas;

namespace Donmai.Cli;

/// <summary>The command <c>donmai</c>: its verbs, and what they have in common.</summary>
internal static class CommandLine
{
    private const string Description = "Runs coding agents on this machine, and does not lose them.";

    private const string Notes =
        """
        Exit codes:
          0  done
          1  refused, not found, or failed; standard error says why
          2  the command line is not usable, or nothing could be started
          3  a new version was installed, start it again (daemon run)
          5  the session was stopped (run, agent run)
         78  daemon.yaml cannot be used; standard error names every violation

        Without a running daemon, 'donmai run' hosts one for the time of the command;
        'donmai daemon install' has one run always. 'donmai completion --help' says how
        the shell completes this command line.
        """;

    private static readonly (string Name, Func<Command> Create)[] Verbs =
    [
        ("run", RunCommand.Create),
        ("daemon", DaemonCommand.Create),
        ("status", StatusCommand.Create),
        ("session", SessionCommand.Create),
        ("workarea", WorkareaCommand.Create),
        ("pool", PoolCommand.Create),
        ("provider", ProviderCommand.Create),
        ("outbox", OutboxCommand.Create),
        ("platform", PlatformCommand.Create),
        ("routing", RoutingCommand.Create),
        ("config", ConfigCommand.Create),
        ("agent", AgentCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    /// <summary>Parses and runs one command line.</summary>
    /// <returns>The exit code (<see cref="ExitCode"/>).</returns>
    public static Task<int> Run(string[] arguments) => Run(arguments, Console.Out, Console.Error);

    /// <summary>As <see cref="Run(string[])"/>, with output and errors going elsewhere.</summary>
    internal static Task<int> Run(string[] arguments, TextWriter output, TextWriter error)
    {
        // The line that is asked most often is answered before a parser would be ready for it, and so is what each session waits for.
        if (arguments is ["status"] or ["status", "--json"] && StatusCommand.TryQuickly(isJson: arguments.Length > 1, output))
            return Task.FromResult(ExitCode.Done);
        return arguments is ["agent", "run", ..] && QuickAgentRun.Read(arguments.AsSpan(2)) is { } options
            ? QuickAgentRun.Run(options)
            : Parse(arguments, output, error);
    }

    private static async Task<int> Parse(string[] arguments, TextWriter output, TextWriter error)
    {
        var parsed = Build(arguments.FirstOrDefault()).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync($"donmai: {WhatIsWrong(parsed)} See '{PathOf(parsed.CommandResult.Command)} --help'.");
            return ExitCode.NotStarted;
        }

        // Signals belong to the verbs: what Ctrl-C means differs between them.
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            });
        }
        catch (IOException problem)
        {
            // Standard output on a disk that is full: there is no other place to say anything in the format that was asked for.
            await error.WriteLineAsync($"donmai: {TerminalText.OneLine(problem.Message)}");
            return ExitCode.Failed;
        }
    }

    /// <summary>The tree of verbs.</summary>
    /// <param name="named">First word of the command line: when it is a verb, the others are left out, because making them all takes longer than most verbs do.</param>
    internal static RootCommand Build(string? named = null)
    {
        var root = new RootCommand(Description);
        foreach (var (name, create) in Verbs)
        {
            if (name == named || !Array.Exists(Verbs, verb => verb.Name == named))
                root.Add(create());
        }

        foreach (var option in root.Options)
        {
            if (option is VersionOption)
                option.Action = new VersionAction();
            else if (option is HelpOption)
                option.Action = new HelpWithNotes(Notes, isAskedFor: true);
        }

        foreach (var directive in root.Directives.OfType<SuggestDirective>())
            directive.Action = new SuggestAction();
        ShowHelpOfGroups(root, new HelpWithNotes(Notes, isAskedFor: false));
        return root;
    }

    // A group alone is a question, not a mistake.
    private static void ShowHelpOfGroups(Command command, HelpWithNotes help)
    {
        if (command.Subcommands.Count > 0)
            command.Action ??= help;
        foreach (var subcommand in command.Subcommands)
            ShowHelpOfGroups(subcommand, help);
    }

    private static string WhatIsWrong(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
            return $"'{TerminalText.OneLine(unknown)}' is not {(unknown.StartsWith('-') ? "an option" : parsed.CommandResult.Command.Subcommands.Count > 0 ? "a command" : "expected")} here.";
        return Missing(parsed) is { } missing ? $"<{missing.Name}> is missing." : TerminalText.OneLine(parsed.Errors[0].Message);
    }

    private static Argument? Missing(ParseResult parsed) => parsed.CommandResult.Command.Arguments.FirstOrDefault(
        argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 });

    private static string PathOf(Command command)
    {
        var names = new Stack<string>();
        for (var step = command; step is not null and not RootCommand; step = step.Parents.OfType<Command>().FirstOrDefault())
            names.Push(step.Name);
        return string.Join(' ', names.Prepend("donmai"));
    }
}
