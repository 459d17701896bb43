using System.CommandLine;
using System.Text;
using Donmai.Cli.Platform;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Daemon;
using Donmai.Platform;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai status</c>, <c>donmai daemon status</c>: the daemon at a glance.</summary>
internal static class StatusCommand
{
    public static Command Create() =>
        new Command("status", "Show the state and the load of the daemon.") { VerbOptions.Json }.Asks(Ask);

    /// <summary>Shows the status of the daemon that is meant when none is named, if it answers as expected.</summary>
    /// <param name="isJson">Whether the output is for a program.</param>
    /// <param name="output">Where it goes.</param>
    /// <returns>Whether it was shown; otherwise nothing was written, and the verb knows what to say.</returns>
    public static bool TryQuickly(bool isJson, TextWriter output)
    {
        if (RunningDaemon.IsNamed(url: null) || QuickStatus.Ask() is not { } answer)
            return false;
        if (isJson)
            output.WriteLine(Encoding.UTF8.GetString(answer.Json));
        else
            Write(Screen.For(output), answer.Status, answer.Address);
        return true;
    }

    private static async Task<int> Ask(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var status = await client.Status(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, status);
        else
            Write(Screen.For(parsed), status, client.Address.OriginalString);
        return ExitCode.Done;
    }

    private static void Write(IScreen screen, DaemonStatus status, string address) => new Facts()
        .Add("status", status.Status, DaemonStates.ToneOf(status.Status))
        .Add("sessions", $"{status.ActiveSessions} of {status.MaxSessions}")
        .Add("registration", status.Registration, PlatformText.ToneOf(status.Registration ?? ""))
        .Add("platform", Platform(status.Heartbeat), status.Heartbeat is { Unreachable: false, ClaimingSuspended: false } ? Tone.Plain : Tone.Bad)
        .Add("projects", $"{status.ProjectsAllowed} allowed")
        .Add("machine", status.MachineId)
        .Add("address", address)
        .Add("process", $"{status.Pid}, up {Amounts.Duration(TimeSpan.FromSeconds(status.UptimeSeconds))}")
        .Add("version", status.Version)
        .Add("engine", status.Engine)
        .WriteTo(screen);

    private static string? Platform(HeartbeatStanding? heartbeat) => heartbeat switch
    {
        null => null,
        { Unreachable: true } => $"unreachable, {Amounts.Of(heartbeat.Missed, "heartbeat")} missed: {heartbeat.LastError}",
        { ClaimingSuspended: true } => $"no work is asked for: {heartbeat.HostStatus?.Status} {heartbeat.HostStatus?.RecommendedAction}".TrimEnd(),
        { LastSuccessAt: { } last } => $"heartbeat taken {last:yyyy-MM-dd HH:mm:ss} UTC",
        _ => "no heartbeat taken yet",
    };
}
