using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Cli.Workareas;
using Donmai.Client;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon stats</c>.</summary>
internal static class DaemonStatsCommand
{
    private const string Notes =
        """
        Examples:
          donmai daemon stats --pool
          donmai daemon stats --json | jq .activeSessions
        """;

    private static readonly Option<bool> Pool = new("--pool") { Description = "Also the pool of work areas." };

    private static readonly Option<bool> ByMachine = new("--by-machine") { Description = "Also each machine." };

    public static Command Create() =>
        new NotedCommand("stats", "Show load, capacity and standing.", Notes) { Pool, ByMachine, VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var stats = await client.Stats(parsed.GetValue(Pool), parsed.GetValue(ByMachine), cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, stats);
            return;
        }

        var screen = Screen.For(parsed);
        Facts(stats).WriteTo(screen);
        if (stats.ByMachine is { } machines)
            screen.Write(Listing(machines));
        if (stats.Pool is { } pool)
            PoolStatsCommand.Write(screen, pool);
    }

    private static Facts Facts(DaemonStats stats) => new Facts()
        .Add("sessions", $"{stats.ActiveSessions} of {stats.Capacity.MaxConcurrentSessions}")
        .Add("queued", stats.QueueDepth == 0 ? null : Amounts.Of(stats.QueueDepth, "work item"))
        .Add("per session", $"{Amounts.Of(stats.Capacity.MaxVCpuPerSession, "processor")}, {stats.Capacity.MaxMemoryMbPerSession} MiB")
        .Add("reserved", $"{Amounts.Of(stats.Capacity.ReservedVCpu, "processor")}, {stats.Capacity.ReservedMemoryMb} MiB")
        .Add("standing", stats.Registration.Status)
        .Add("worker id", stats.WorkerId)
        .Add("heartbeat", stats.Registration.LastHeartbeatAt is { } last ? $"{last:yyyy-MM-dd HH:mm:ss} UTC" : null)
        .Add("host", stats.HostStatus?.Status)
        .Add("projects", stats.AllowedProjects is { Count: > 0 } projects ? string.Join(", ", projects) : "none allowed");

    private static Listing Listing(IReadOnlyList<MachineStats> machines)
    {
        var listing = new Listing("MACHINE", "STATUS", "SESSIONS", "VERSION", "UP", "REGION") { WhenEmpty = "No machines." };
        foreach (var machine in machines)
        {
            listing.Add(
                (machine.Id, Tone.Name),
                (machine.Status, DaemonStates.ToneOf(machine.Status)),
                ($"{machine.ActiveSessions} of {machine.Capacity.MaxConcurrentSessions}", Tone.Plain),
                (machine.Version, Tone.Plain),
                (Amounts.Duration(TimeSpan.FromSeconds(machine.UptimeSeconds)), Tone.Plain),
                (machine.Region, Tone.Quiet));
        }

        return listing;
    }
}
