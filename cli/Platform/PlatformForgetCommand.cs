using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Platform;

/// <summary><c>donmai platform forget</c>.</summary>
internal static class PlatformForgetCommand
{
    private const string Notes =
        """
        Deletes the cached registration and the credentials in use. Nothing is sent to the
        orchestrator any more until 'donmai platform register' or the daemon's next start;
        sessions of the orchestrator that still run cannot report to it.
        """;

    public static Command Create() => new NotedCommand("forget", "Wipe this machine's registration.", Notes) { VerbOptions.Json }.Asks(Forget);

    private static async Task Forget(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var answer = await client.ForgetPlatform(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, answer);
        else
            Screen.For(parsed).Write(Line.Of((answer.Forgotten ? "forgotten" : "there was nothing to forget", Tone.Plain)));
    }
}
