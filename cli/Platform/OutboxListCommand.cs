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
        platform does not want it; 'donmai outbox retry ID' asks it once more, 'donmai
        outbox discard ID' gives it up). The ids of what was refused are named below the
        table; the id of a session stands for everything of it. The activities of a
        session are one row.
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
        screen.Write(Listing(outbox, TimeProvider.System.GetUtcNow()));
        foreach (var refused in outbox.Items.Where(static row => row.Reason is not null))
            screen.Write(Line.Of(($"{refused.Id}: ", Tone.Bad), (refused.Reason!, Tone.Plain)));
        if (!outbox.Items.Exists(static row => row.State == OutboxRow.Waiting))
            return;
        if (outbox.LastError is { } error)
            screen.Write(Line.Of(("last attempt: ", Tone.Warning), (error, Tone.Plain)));
        if (outbox.NextAttemptAt is { } next)
            screen.Write(Line.Of(("next attempt: ", Tone.Quiet), (Moment(next), Tone.Plain)));
    }

    /// <summary>The table. The id of a request, which is that of its session and more, would not fit into 80 columns.</summary>
    internal static Listing Listing(OutboxList outbox, DateTimeOffset now)
    {
        var listing = new Listing("SESSION", "KIND", "STATE", "FOR") { WhenEmpty = "The platform has everything." };
        foreach (var row in outbox.Items)
            listing.Add(
                (row.SessionId, Tone.Name),
                (row.Count == 1 ? row.Kind : $"{row.Kind} ×{row.Count}", Tone.Plain),
                (row.State, row.State == OutboxRow.Refused ? Tone.Bad : Tone.Warning),
                (Amounts.Age(now - row.Since), Tone.Quiet));
        return listing;
    }

    private static string Moment(DateTimeOffset moment) => moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
