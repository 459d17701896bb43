using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Platform;

/// <summary><c>donmai outbox discard</c>.</summary>
internal static class OutboxDiscardCommand
{
    private const string Notes =
        """
        For what the platform refuses for good, or one that does not exist any more. It is
        never told. What is being sent at this moment may still arrive.
        """;

    internal static readonly Argument<string> Id = new("id") { Description = "A request, as 'outbox list' names it, or a session for all of its." };

    public static Command Create() => new NotedCommand("discard", "Give up what the platform does not have.", Notes) { Id, VerbOptions.Json }.Asks(Discard);

    private static async Task Discard(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var discarded = await client.DiscardOutbox(parsed.GetRequiredValue(Id), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, discarded);
        else
            Screen.For(parsed).Write(Line.Of(($"{Amounts.Of(discarded.Discarded, "request")} discarded.", Tone.Plain)));
    }
}
