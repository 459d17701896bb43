using System.CommandLine;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon resume</c>.</summary>
internal static class DaemonResumeCommand
{
    private const string Notes =
        """
        Also gives up a drain that only a pause was to follow.

        Exit codes:
          0  work is taken
          1  refused (the daemon is stopping or updating), or no daemon answers
        """;

    public static Command Create() => new NotedCommand("resume", "Take work again.", Notes) { VerbOptions.Json }
        .Asks(static async (parsed, client, cancellationToken) => await DaemonAction.Show(parsed, await client.Resume(cancellationToken)));
}
