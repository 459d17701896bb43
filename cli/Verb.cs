using System.CommandLine;
using Donmai.Cli.Daemon;
using Donmai.Client;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Service;
using Donmai.Core.Git;
using Donmai.Silo;

namespace Donmai.Cli;

/// <summary>Runs what a verb does; the one place where a failure becomes a sentence and an exit code.</summary>
internal static class Verb
{
    /// <summary>Gives <paramref name="command"/> what it does.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="work">Returns the exit code.</param>
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction((parsed, cancellationToken) => Run(parsed, work, cancellationToken));
        return command;
    }

    /// <summary>Gives <paramref name="command"/> something to ask a daemon.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="work">Asks, and shows the answer.</param>
    public static Command Asks(this Command command, Func<ParseResult, DonmaiClient, CancellationToken, Task> work) =>
        command.Asks(async (parsed, client, cancellationToken) =>
        {
            await work(parsed, client, cancellationToken);
            return ExitCode.Done;
        });

    /// <summary>Gives <paramref name="command"/> something to ask a daemon.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="work">Asks, shows the answer, and returns the exit code.</param>
    public static Command Asks(this Command command, Func<ParseResult, DonmaiClient, CancellationToken, Task<int>> work)
    {
        command.Add(VerbOptions.DaemonUrl);
        command.Add(VerbOptions.StateDir);
        return command.Does(async (parsed, cancellationToken) =>
        {
            var url = RunningDaemon.NamedBy(parsed);
            if (!RunningDaemon.IsNamed(url))
                url = await RunningDaemon.Find(static _ => true, cancellationToken) ?? RunningDaemon.UsualPlace;
            using var client = new DonmaiClient(url);
            return await work(parsed, client, cancellationToken);
        });
    }

    /// <summary>A step before anything has been started: its failure has the exit code that says so.</summary>
    public static async Task<T> Starting<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception failure) when (IsForPeople(failure))
        {
            throw new CommandFailureException(failure.Message, ExitCode.NotStarted);
        }
    }

    private static async Task<int> Run(ParseResult parsed, Func<ParseResult, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(parsed, cancellationToken);
        }
        catch (CommandFailureException failure)
        {
            return await Say(parsed, failure.Message, failure.ExitCode);
        }
        catch (DaemonStartException failure)
        {
            return await Say(parsed, failure.Message, failure.ExitCode);
        }
        catch (DaemonConfigurationException broken)
        {
            return await SayViolations(parsed, broken);
        }
        catch (Exception failure) when (IsForPeople(failure))
        {
            return await Say(parsed, failure.Message, ExitCode.Failed);
        }
        catch (Exception defect) when (defect is not IOException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"donmai: this is a defect, please report it: {defect}");
            return ExitCode.Failed;
        }
    }

    // What says itself what is wrong, where, and what to do; anything else is a defect, and shown as one.
    private static bool IsForPeople(Exception failure) =>
        failure is DonmaiClientException or DonmaiException or GitFailureException or DaemonStartException or DaemonConfigurationException
            or StateDirectoryException or ConfigurationEditException or ConfigurationWriteException or ServiceException;

    private static async Task<int> SayViolations(ParseResult parsed, DaemonConfigurationException broken)
    {
        if (parsed.GetResult(VerbOptions.Json) is not null && parsed.GetValue(VerbOptions.Json))
            await JsonOutput.WriteError(parsed.InvocationConfiguration.Output, TerminalText.OneLine(broken.Message));
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"donmai: {TerminalText.OneLine(broken.Path)} cannot be used:");
        foreach (var violation in broken.Violations)
            await parsed.InvocationConfiguration.Error.WriteLineAsync("  " + TerminalText.OneLine(violation.ToString()));
        return ExitCode.ConfigurationInvalid;
    }

    private static async Task<int> Say(ParseResult parsed, string sentence, int exitCode)
    {
        var text = TerminalText.OneLine(sentence);
        if (parsed.GetResult(VerbOptions.Json) is not null && parsed.GetValue(VerbOptions.Json))
            await JsonOutput.WriteError(parsed.InvocationConfiguration.Output, text);
        await parsed.InvocationConfiguration.Error.WriteLineAsync("donmai: " + text);
        return exitCode;
    }
}
