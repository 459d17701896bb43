using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon update</c>.</summary>
internal static class DaemonUpdateCommand
{
    private const string Notes =
        """
        The daemon verifies the new version, lets its sessions end (autoUpdate.drainTimeoutSeconds), and is started anew by its service.

        Exit codes:
          0  begun; with --wait: updated, or up to date
          1  refused (one is under way), failed, no daemon answers, or the waiting was interrupted
        """;

    private static readonly Option<bool> Wait = new("--wait") { Description = "Wait for the end of the update, and say how it ended." };

    public static Command Create() =>
        new NotedCommand("update", "Look for a new version and install it.", Notes) { Wait, VerbOptions.Json }.Asks(Update);

    private static async Task<int> Update(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        if (!parsed.GetValue(Wait))
        {
            await DaemonAction.Show(parsed, await client.Update(cancellationToken));
            return ExitCode.Done;
        }

        var before = (await client.Doctor(cancellationToken)).LastUpdate;
        await client.Update(cancellationToken);
        var screen = parsed.GetValue(VerbOptions.Json) ? new NoScreen() : Screen.For(parsed);
        using var interrupts = new Interrupts();
        var outcome = await new UpdateWait(client, screen, TimeProvider.System).Until(before, interrupts.First, cancellationToken);
        if (outcome is null)
            return ExitCode.Failed;
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, outcome);
        else
            screen.Write(Line.Of((Describe(outcome), IsGood(outcome) ? Tone.Good : Tone.Bad)));
        return IsGood(outcome) ? ExitCode.Done : ExitCode.Failed;
    }

    private static bool IsGood(UpdateOutcome outcome) => outcome.Updated || outcome.Reason == "already-up-to-date";

    private static string Describe(UpdateOutcome outcome) =>
        outcome.Updated ? $"updated to {outcome.Version}"
        : IsGood(outcome) ? $"{outcome.Version} is up to date"
        : $"not updated: {outcome.Reason}";
}
