using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Platform;

/// <summary><c>donmai outbox retry</c>.</summary>
internal static class OutboxRetryCommand
{
    private const string Notes =
        """
        What waits is also tried by itself; this does not wait for the next attempt. What
        was refused is only asked once more when its ID is given.
        """;

    internal static readonly Argument<string?> Id = new("id")
    {
        Description = "A request, as 'outbox list' names it, also one that was refused, or a session for all of its; otherwise everything that waits.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() => new NotedCommand("retry", "Tell the platform now.", Notes) { Id, VerbOptions.Json }.Asks(Retry);

    private static async Task Retry(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var retried = await client.RetryOutbox(parsed.GetValue(Id), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, retried);
        else
            Screen.For(parsed).Write(Line.Of((retried.Retried switch
            {
                0 => "Nothing waits; what was refused is asked again by its id.",
                1 => "1 request is sent now; 'donmai outbox list' shows what is left.",
                var many => $"{many} requests are sent now; 'donmai outbox list' shows what is left.",
            }, Tone.Plain)));
    }
}
