using System.CommandLine;
using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Sessions.Events;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai session events</c>: what the agent did, or does.</summary>
internal static class SessionEventsCommand
{
    private static readonly Option<long> After = CreateAfter();

    private static readonly Option<bool> Follow = new("--follow", "-f")
    {
        Description = "Go on until the session has ended, also over restarts of the daemon.",
    };

    public static Command Create() =>
        new Command("events", "Show the events of a session; with --json one object a line.") { SessionCommand.Id, After, Follow, VerbOptions.Json }
            .Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(SessionCommand.Id);
        var after = parsed.GetValue(After);
        var output = parsed.InvocationConfiguration.Output;
        var screen = parsed.GetValue(VerbOptions.Json) ? null : Screen.For(parsed);
        await foreach (var one in Chosen(client, id, after, parsed.GetValue(Follow), cancellationToken))
        {
            if (screen is null)
            {
                await JsonOutput.Write<AgentEvent>(output, one);
                await output.FlushAsync(cancellationToken);
            }
            else
            {
                foreach (var line in EventText.Lines(one, withTime: true))
                    screen.Write(line);
            }
        }
    }

    private static Option<long> CreateAfter()
    {
        var after = new Option<long>("--after") { Description = "Only events after this number.", HelpName = "N" };
        after.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !long.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                result.AddError($"'{token.Value}' is not the number of an event; write one from 0.");
        });
        return after;
    }

    private static async IAsyncEnumerable<AgentEvent> Chosen(
        DonmaiClient client, string id, long after, bool follow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = follow ? long.MaxValue : (await client.Inspect(id, cancellationToken)).LastEventSeq;
        if (last <= after)
            yield break;

        await foreach (var one in follow ? client.Follow(id, after, cancellationToken: cancellationToken) : client.Events(id, after, cancellationToken))
        {
            yield return one;
            if (one.Seq >= last)
                yield break;
        }
    }
}
