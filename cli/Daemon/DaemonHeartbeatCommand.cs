using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Platform;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon heartbeat</c>.</summary>
internal static class DaemonHeartbeatCommand
{
    public static Command Create() =>
        new Command("heartbeat", "Show what the orchestrator was told last.") { VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var heartbeat = await client.Heartbeat(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, heartbeat);
        else if (string.IsNullOrEmpty(heartbeat.SentAt))
            Screen.For(parsed).Write(Line.Of(("No heartbeat was sent: this daemon is not registered with an orchestrator.", Tone.Quiet)));
        else
            Facts(heartbeat).WriteTo(Screen.For(parsed));
    }

    private static Facts Facts(Heartbeat heartbeat) => new Facts()
        .Add("sent", WasSent(heartbeat.Beats) ? heartbeat.SentAt : "nothing yet ('donmai platform status' says why); it would say:", WasSent(heartbeat.Beats) ? Tone.Plain : Tone.Warning)
        .Add("taken", heartbeat.Beats is { LastSuccessAt: { } taken } ? TextTimestamp.ToText(taken) : null)
        .Add("missed", heartbeat.Beats is { Missed: > 0 and var missed } ? $"{Amounts.Of(missed, "beat")} in a row" : null, Tone.Bad)
        .Add("because", heartbeat.Beats?.LastError, Tone.Bad)
        .Add("every", Every(heartbeat.Beats?.IntervalMs))
        .Add("status", heartbeat.Status)
        .Add("sessions", $"{heartbeat.ActiveSessions} of {heartbeat.MaxSessions}")
        .Add("worker id", heartbeat.WorkerId)
        .Add("machine", heartbeat.Hostname)
        .Add("region", heartbeat.Region)
        .Add("allowlist", heartbeat.AllowlistHash)
        .Add("host", heartbeat.Beats?.HostStatus?.Status, heartbeat.Beats is { ClaimingSuspended: true } ? Tone.Bad : Tone.Plain)
        .Add("advice", heartbeat.Beats?.HostStatus?.RecommendedAction)
        .Add("pools", heartbeat.Beats?.HostStatus?.CandidatePoolIds is { Count: > 0 } pools ? string.Join(", ", pools) : null)
        .Add("polled", heartbeat.Polls is { LastSuccessAt: { } polled } ? TextTimestamp.ToText(polled) : null)
        .Add("no poll", heartbeat.Polls?.Skipped)
        .Add("failing", heartbeat.Polls?.LastError, Tone.Bad)
        .Add("work", heartbeat.Polls is { Running: true } polls ? $"{polls.Accepted} accepted, {polls.Refused} refused, {polls.QueueDepth} waiting" : null);

    private static bool WasSent(HeartbeatStanding? beats) => beats is null or { LastSuccessAt: not null } or { Missed: > 0 };

    private static string? Every(int? milliseconds) => milliseconds is > 0 and var interval ? Amounts.Duration(TimeSpan.FromMilliseconds(interval)) : null;
}
