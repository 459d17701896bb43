using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Core.Daemon.Logs;
using Donmai.Core.Daemon.Service;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon logs</c>: what the daemon said, and says (daemon-runtime.md §14.5).</summary>
internal static class DaemonLogsCommand
{
    private const int UsualLines = 100;

    private const string Notes =
        """
        The log is the file of observability.logPath; else, when the daemon is installed as a service, what the service
        manager keeps of it; else daemon.log in the state directory, with what was put aside of it.
        """;

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on with what is still to come." };

    private static readonly Option<int?> Lines = new("--tail", "--lines", "-n") { Description = "So many lines at the end; 100 unless --since is given.", HelpName = "N" };

    private static readonly Option<DateTimeOffset?> Since = new("--since")
    {
        Description = "Only what is younger: 90s, 30m, 2h, 3d, or a time such as 2026-05-07T12:30.",
        HelpName = "WHEN",
        CustomParser = Moment,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object a line." };

    public static Command Create()
    {
        var command = new NotedCommand("logs", "Show the daemon's log.", Notes) { Follow, Lines, Since, ConfigurationPlace.StateDir, Json };
        Lines.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
                result.AddError($"'{token.Value}' is not a number of lines; write one from 1 on.");
        });
        return command.Does(Show);
    }

    private static async Task<int> Show(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var interrupts = new Interrupts();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Print(parsed, enough.Token);
        if (await Task.WhenAny(reading, interrupts.First) != reading)
            await enough.CancelAsync();
        try
        {
            await reading;
        }
        catch (OperationCanceledException) when (interrupts.First.IsCompleted)
        {
            // Whoever follows a log ends it like this.
        }

        return ExitCode.Done;
    }

    private static async Task Print(ParseResult parsed, CancellationToken cancellationToken)
    {
        var programs = ServicePrograms.OfThisProcess();
        var source = await LogSource.Find(parsed.GetValue(ConfigurationPlace.StateDir), programs, cancellationToken);
        var since = parsed.GetValue(Since);
        var last = parsed.GetValue(Lines) ?? (since is null ? UsualLines : null);
        var output = parsed.InvocationConfiguration.Output;
        var screen = parsed.GetValue(Json) ? null : Screen.For(parsed);
        await foreach (var line in source.Lines(last, since, parsed.GetValue(Follow), programs, cancellationToken))
        {
            if (screen is null)
                await output.WriteLineAsync(AsJson(line));
            else if (screen is PlainScreen)
                await output.WriteLineAsync(AsText(line));
            else
                screen.Write(AsLine(line));
        }
    }

    private static string AsJson(LogLine line) =>
        line.IsJson ? line.Text : JsonOutput.OwnText(new LoggedText(line.Time, line.Level, line.Message));

    // As it is in the file; the journal's entries have their time beside them.
    private static string AsText(LogLine line) =>
        line.IsJson || line.Time is not { } time || line.Text.StartsWith(time.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? line.Text
            : time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture) + line.Text;

    private static Line AsLine(LogLine line)
    {
        var (word, tone) = line.Level switch
        {
            "trace" or "debug" => (line.Level + " ", Tone.Quiet),
            "information" => ("info ", Tone.Good),
            "warning" => ("warning ", Tone.Warning),
            "error" or "critical" => (line.Level + " ", Tone.Bad),
            _ => ("", Tone.Plain),
        };
        var time = line.Time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture) ?? "";
        return Line.Of((time, Tone.Quiet), (word, tone), (line.Message, line.Level is "trace" or "debug" ? Tone.Quiet : Tone.Plain));
    }

    private static DateTimeOffset? Moment(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (text.Length > 0 && char.IsAsciiLetter(text[^1]) && DurationOption.TryRead(text, out var age))
            return TimeProvider.System.GetUtcNow() - age;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment))
            return moment;
        argument.AddError($"'{text}' is not a time; write it like 90s, 30m, 2h, 3d or 2026-05-07T12:30.");
        return null;
    }
}
