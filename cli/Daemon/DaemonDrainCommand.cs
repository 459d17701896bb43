using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon drain</c>.</summary>
internal static class DaemonDrainCommand
{
    private const string Notes =
        """
        New work is refused at once. Sessions that still run when the time is over are ended.

        Examples:
          donmai daemon drain                        wait in the background, then stay paused
          donmai daemon drain --timeout 10m --wait   show how many sessions are left
          donmai daemon drain --then stop --wait     end the daemon as well

        Ctrl-C ends the waiting, not the drain; 'donmai daemon resume' gives the drain up.

        Exit codes:
          0  begun; with --wait: done
          1  refused (the daemon is stopping or updating), no daemon answers, or the waiting was interrupted
        """;

    private static readonly Option<TimeSpan?> Timeout = DurationOption.Create("--timeout", "Longest wait, e.g. 45s, 10m; otherwise autoUpdate.drainTimeoutSeconds.");

    private static readonly Option<string> Then = ThenOption();

    private static readonly Option<bool> Wait = new("--wait") { Description = "Wait for the end of the drain, and show what is left." };

    public static Command Create() =>
        new NotedCommand("drain", "Take no new work and let the running sessions end.", Notes) { Timeout, Then, Wait, VerbOptions.Json }.Asks(Drain);

    private static async Task<int> Drain(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var answer = await client.Drain(
            new DrainRequest { TimeoutSeconds = (int?)parsed.GetValue(Timeout)?.TotalSeconds, Then = parsed.GetValue(Then) }, cancellationToken);
        await DaemonAction.Show(parsed, answer);
        if (!parsed.GetValue(Wait))
            return ExitCode.Done;
        var screen = parsed.GetValue(VerbOptions.Json) ? new NoScreen() : Screen.For(parsed);
        using var interrupts = new Interrupts();
        return await new DrainWait(client, screen, TimeProvider.System).Until(interrupts.First, cancellationToken) ? ExitCode.Done : ExitCode.Failed;
    }

    private static Option<string> ThenOption()
    {
        var option = new Option<string>("--then")
        {
            Description = "What follows: pause, stop, or none to take work again.",
            HelpName = "WHAT",
            DefaultValueFactory = static _ => "pause",
        };
        option.CompletionSources.Add("pause", "stop", "none");
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && token.Value is not ("pause" or "stop" or "none"))
                result.AddError($"'{token.Value}' cannot follow a drain; write pause, stop or none.");
        });
        return option;
    }
}
