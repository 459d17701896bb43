using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai session stop</c>.</summary>
internal static class SessionStopCommand
{
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the record.", HelpName = "TEXT" };

    private static readonly Option<bool> Now = new("--now") { Description = "Without the grace period." };

    public static Command Create() =>
        new Command("stop", "End a session with its whole process tree; its work area is kept.") { SessionCommand.Id, Reason, Now, VerbOptions.Json }
            .Asks(Stop);

    private static async Task Stop(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(SessionCommand.Id);
        var outcome = await client.Stop(id, parsed.GetValue(Reason), parsed.GetValue(Now), cancellationToken);
        if (!outcome.Stopped)
            throw new CommandFailureException($"No live session is called '{id}'; 'donmai session list --all' shows those that have ended.");

        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, outcome);
        else
            Screen.For(parsed).Write(Line.Of(("stopping ", Tone.Plain), (id, Tone.Name)));
    }
}
