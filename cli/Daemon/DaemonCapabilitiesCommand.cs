using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon capabilities</c>.</summary>
internal static class DaemonCapabilitiesCommand
{
    private const string Notes =
        """
        'npm' takes both node and npm on the daemon's own PATH, 'python-pip' a python3 that has pip. The daemon looks again every ten minutes
        and when daemon.yaml changes.
        """;

    public static Command Create() =>
        new NotedCommand("capabilities", "Show what the machine offers to work items.", Notes) { VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var capabilities = await client.Capabilities(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, capabilities);
            return;
        }

        var screen = Screen.For(parsed);
        if (capabilities.Provides.Count == 0)
            screen.Write(Line.Of(("None yet: the daemon is starting.", Tone.Quiet)));
        foreach (var capability in capabilities.Provides)
            screen.Write(Line.Of((capability.Kind, Tone.Name)));
    }
}
