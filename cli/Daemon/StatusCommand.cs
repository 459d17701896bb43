using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai status</c>: the daemon at a glance.</summary>
internal static class StatusCommand
{
    public static Command Create() =>
        new Command("status", "Show the state and the load of the daemon.") { VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var status = await client.Status(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, status);
            return;
        }

        new Facts()
            .Add("status", status.Status, status.Status == "ready" ? Tone.Good : Tone.Warning)
            .Add("sessions", $"{status.ActiveSessions} of {status.MaxSessions}")
            .Add("projects", $"{status.ProjectsAllowed} allowed")
            .Add("machine", status.MachineId)
            .Add("address", client.Address.OriginalString)
            .Add("process", $"{status.Pid}, up {Amounts.Duration(TimeSpan.FromSeconds(status.UptimeSeconds))}")
            .Add("version", status.Version)
            .Add("engine", status.Engine)
            .WriteTo(Screen.For(parsed));
    }
}
