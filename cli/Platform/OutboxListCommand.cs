using System.CommandLine;
using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Platform;

namespace Donmai.Cli.Platform;

/// <summary><c>donmai outbox list</c>.</summary>
internal static class OutboxListCommand
{
    private const string Notes =
        """
        States: waiting (tried again by itself, for as long as it takes); refused (the
        platform does not want it; 'donmai outbox retry ID' asks it once more).
        The activities of a session are one row.
        """;

    public static Command Create() =>
        new NotedCommand("list", "List what waits for the platform, and what it refused.", Notes) { VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var outbox = await client.Outbox(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, outbox);
            return;
        }

        var screen = Screen.For(parsed);
        screen.Write(Listing(outbox));
        foreach (var refused in outbox.Items.Where(static row => row.Reason is not null))
            screen.Write(Line.Of(($"{refused.Id}: ", Tone.Bad), (refused.Reason!, Tone.Plain)));
        if (!outbox.Items.Exists(static row => row.State == OutboxRow.Waiting))
            return;
        if (outbox.LastError is { } error)
            screen.Write(Line.Of(("last attempt: ", Tone.Warning), (error, Tone.Plain)));
        if (outbox.NextAttemptAt is { } next)
            screen.Write(Line.Of(("next attempt: ", Tone.Quiet), (Moment(next), Tone.Plain)));
    }

    private static Listing Listing(OutboxList outbox)
    {
        var listing = new Listing("ID", "SESSION", "KIND", "COUNT", "STATE", "SINCE") { WhenEmpty = "The platform has everything." };
        foreach (var row in outbox.Items)
            listing.Add(
                (row.Id, Tone.Name),
                (row.SessionId, Tone.Plain),
                (row.Kind, Tone.Plain),
                (row.Count.ToString(CultureInfo.InvariantCulture), Tone.Plain),
                (row.State, row.State == OutboxRow.Refused ? Tone.Bad : Tone.Warning),
                (Moment(row.Since), Tone.Quiet));
        return listing;
    }

    private static string Moment(DateTimeOffset moment) => moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
