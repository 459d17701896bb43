using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Cli.Sessions;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon setup</c>: asks for what a daemon has to know (daemon-runtime.md §4).</summary>
internal static class DaemonSetupCommand
{
    private const string Notes =
        """
        Asks on a real terminal only. Elsewhere, with --skip-wizard or with DONMAI_DAEMON_SKIP_WIZARD=1, it makes sure that there is a
        usable file and changes nothing of one that is there. What is not asked for stays as it is, comments included.

        Exit codes:
            0  written
            1  cancelled, or the file cannot be written
           78  the file that is there cannot be used
          130  ended by Ctrl-C; nothing was written
        """;

    public static Command Create() =>
        new NotedCommand("setup", "Ask for what the daemon has to know, and write daemon.yaml.", Notes)
        {
            ConfigurationPlace.Config, ConfigurationPlace.StateDir, SetupConversation.SkipWizard,
        }.Does(Run);

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var place = ConfigurationPlace.Of(parsed);
        using var file = place.Open();
        var isNew = file.IsNew;
        var asked = await SetupConversation.Hold(place.State, file, parsed.GetValue(SetupConversation.SkipWizard), cancellationToken);
        var screen = Screen.For(parsed);
        screen.Write(Line.Of((asked || isNew ? $"Wrote {place.Path}" : $"{place.Path} is usable as it is", Tone.Good)));
        var where = parsed.GetValue(ConfigurationPlace.StateDir) is { Length: > 0 } ? $" --state-dir {Shell.Quote(place.State.Root)}" : "";
        new Facts()
            .Add("run it", $"donmai daemon run{where}, or as a service: donmai daemon install{where}")
            .Add("status", $"donmai status{where}")
            .Add("logs", $"donmai daemon logs --follow{where}")
            .Add("stop", $"donmai daemon stop{where}")
            .WriteTo(screen);
        return ExitCode.Done;
    }
}
