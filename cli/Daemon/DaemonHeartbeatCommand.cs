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
        .Add("sent", heartbeat.SentAt)
        .Add("status", heartbeat.Status)
        .Add("sessions", $"{heartbeat.ActiveSessions} of {heartbeat.MaxSessions}")
        .Add("worker id", heartbeat.WorkerId)
        .Add("machine", heartbeat.Hostname)
        .Add("region", heartbeat.Region)
        .Add("allowlist", heartbeat.AllowlistHash);
}
