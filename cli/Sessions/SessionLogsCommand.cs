using System.CommandLine;
using Donmai.Client;

namespace Donmai.Cli.Sessions;

/// <summary><c>donmai session logs</c>: what a session's process printed.</summary>
internal static class SessionLogsCommand
{
    private const string ErrorStream = "stderr";

    private static readonly Option<bool> Follow = new("--follow", "-f")
    {
        Description = "Go on until the session has ended, also over restarts of the daemon.",
    };

    private static readonly Option<int?> Tail = CreateTail();

    private static readonly Option<bool> Timestamps = new("--timestamps", "-t") { Description = "Begin each line with its time." };

    public static Command Create() =>
        new Command("logs", "Show what a session's process printed, without secrets: standard output here, standard error there; with --json one object a line.")
        {
            SessionCommand.Id, Follow, Tail, Timestamps, VerbOptions.Json,
        }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var (json, timestamps) = (parsed.GetValue(VerbOptions.Json), parsed.GetValue(Timestamps));
        var id = parsed.GetRequiredValue(SessionCommand.Id);
        var (follow, tail) = (parsed.GetValue(Follow), parsed.GetValue(Tail));
        await foreach (var line in follow ? client.FollowLogs(id, tail, cancellationToken: cancellationToken) : client.Logs(id, tail: tail, cancellationToken: cancellationToken))
        {
            var target = json || line.Stream != ErrorStream ? output : error;
            if (json)
                await JsonOutput.Write(target, line);
            else
                await target.WriteLineAsync(TerminalText.Clean(timestamps ? $"{line.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line.Text}" : line.Text));
            if (follow)
                await target.FlushAsync(cancellationToken);
        }
    }

    private static Option<int?> CreateTail()
    {
        var tail = new Option<int?>("--tail", "--lines", "-n") { Description = "Only so many lines at the end of what is there.", HelpName = "N" };
        tail.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var lines) || lines < 0))
                result.AddError($"'{result.Tokens[0].Value}' is not a number of lines; write one from 0.");
        });
        return tail;
    }
}
