using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Platform;

namespace Donmai.Cli.Platform;

/// <summary><c>donmai platform status</c>.</summary>
internal static class PlatformStatusCommand
{
    private const string Notes =
        """
        Examples:
          donmai platform status
          donmai platform status --json | jq -r .registration.state
        """;

    public static Command Create() =>
        new NotedCommand("status", "Show registration, heartbeat and polls.", Notes) { VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var report = await client.Platform(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, report);
            return;
        }

        var facts = PlatformText.Registration(report.Registration, report.Timestamp);
        if (report.Registration.Mode is PlatformText.Real && !PlatformText.IsForgotten(report.Registration))
            AddLoops(facts, report);
        facts.WriteTo(Screen.For(parsed));
    }

    private static void AddLoops(Facts facts, PlatformReport report)
    {
        var (heartbeat, poll, now) = (report.Heartbeat, report.Poll, report.Timestamp);
        facts
            .Add("heartbeat", PlatformText.Loop(heartbeat.Running, heartbeat.IntervalMs, heartbeat.LastSuccessAt, now), PlatformText.ToneOf(heartbeat.Running, heartbeat.Missed))
            .Add("missed", heartbeat.Missed == 0 ? null : $"{Amounts.Of(heartbeat.Missed, "beat")}: {heartbeat.LastError}", Tone.Bad)
            .Add("host", PlatformText.Host(heartbeat), heartbeat.ClaimingSuspended ? Tone.Warning : Tone.Plain)
            .Add("candidates", heartbeat.HostStatus?.CandidatePoolIds is { Count: > 0 } pools ? string.Join(", ", pools) : null)
            .Add("polls", PlatformText.Loop(poll.Running, poll.IntervalMs, poll.LastSuccessAt, now), PlatformText.ToneOf(poll.Running, poll.Failures))
            .Add("failed", poll.Failures == 0 ? null : $"{Amounts.Of(poll.Failures, "poll")}: {poll.LastError}", Tone.Bad)
            .Add("not asking", poll.Skipped, Tone.Warning)
            .Add("work", $"{poll.Accepted} taken, {poll.Refused} refused, {poll.QueueDepth} waiting")
            .Add("outbox", report.Outbox == 0 ? null : $"{(report.Outbox == 1 ? "1 entry" : $"{report.Outbox} entries")} not delivered; see 'donmai outbox list'", Tone.Warning);
    }
}
