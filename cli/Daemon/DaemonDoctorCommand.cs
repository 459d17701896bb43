using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon doctor</c>.</summary>
internal static class DaemonDoctorCommand
{
    private const string Notes =
        """
        Asks the daemon; when none runs, this command looks itself, in the way a daemon that is started as a service would see the machine.
        Each check takes two seconds at most. What failed says what to do.

        Examples:
          donmai daemon doctor
          donmai daemon doctor --json | jq '.checks[] | select(.ok | not)'

        Exit codes:
          0  everything is well
          1  a check failed, or the daemon that --daemon-url or --state-dir names does not answer
        """;

    private const int NameWidth = 14;

    public static Command Create() =>
        new NotedCommand("doctor", "Say what is wrong with the daemon and its machine.", Notes) { VerbOptions.DaemonUrl, VerbOptions.StateDir, VerbOptions.Json }.Does(Look);

    private static async Task<int> Look(ParseResult parsed, CancellationToken cancellationToken)
    {
        var url = RunningDaemon.NamedBy(parsed);
        var isNamed = RunningDaemon.IsNamed(url);
        if (!isNamed)
            url = await RunningDaemon.Find(static _ => true, cancellationToken);
        var isLocal = !isNamed && url is null;
        var report = isLocal ? await LocalDoctor.Look() : await Ask(url, cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, report);
        else
            Write(Screen.For(parsed), report, isLocal);
        return Failed(report) == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<DoctorReport> Ask(string? url, CancellationToken cancellationToken)
    {
        using var client = new DonmaiClient(url);
        return await client.Doctor(cancellationToken);
    }

    private static int Failed(DoctorReport report) => report.Checks.Concat(report.HostChecks).Count(static check => !check.Ok);

    private static void Write(IScreen screen, DoctorReport report, bool isLocal)
    {
        screen.Write(isLocal
            ? Line.Of(("No daemon runs. ", Tone.Warning), ("This is what one that is started as a service would find:", Tone.Plain))
            : Line.Of(("The daemon is ", Tone.Plain), (report.State, report.State == "running" ? Tone.Good : Tone.Warning), ($"; donmai {report.Version}, {report.Engine}", Tone.Quiet)));
        foreach (var check in report.Checks.Concat(report.HostChecks))
            screen.Write(Shown(check));
        if (report.LastUpdate is { } update)
            screen.Write(Line.Of(($"last update: {update.Reason} ({update.FinishedAt:yyyy-MM-dd HH:mm} UTC)", Tone.Quiet)));
        screen.Write(Failed(report) is > 0 and var failed
            ? Line.Of(($"{Amounts.Of(failed, "check")} failed.", Tone.Bad))
            : Line.Of(("Everything is well.", Tone.Good)));
    }

    private static Line Shown(DoctorCheck check) => Line.Of((check.Detail, Tone.Plain)) with
    {
        Mark = new Span($"{(check.Ok ? "ok  " : "FAIL")} {TerminalText.OneLine(check.Name).PadRight(NameWidth)}", check.Ok ? Tone.Good : Tone.Bad),
    };
}
