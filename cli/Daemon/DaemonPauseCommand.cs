using System.CommandLine;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon pause</c>.</summary>
internal static class DaemonPauseCommand
{
    private const string Notes =
        """
        Sessions that run go on. 'donmai daemon resume' takes work again.

        Exit codes:
          0  paused, or it was before
          1  refused (the daemon is stopping or updating), or no daemon answers
        """;

    public static Command Create() => new NotedCommand("pause", "Take no new work.", Notes) { VerbOptions.Json }
        .Asks(static async (parsed, client, cancellationToken) => await DaemonAction.Show(parsed, await client.Pause(cancellationToken)));
}
