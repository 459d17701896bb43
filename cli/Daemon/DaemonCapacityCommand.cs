using System.CommandLine;
using System.Globalization;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai daemon capacity</c>: what sessions may use, and changing it while the daemon runs.</summary>
internal static class DaemonCapacityCommand
{
    private const string Notes =
        """
        Examples:
          donmai daemon capacity
          donmai daemon capacity set capacity.maxConcurrentSessions 4
          donmai daemon capacity set capacity.poolMaxDiskGb 0        no limit

        A change is written to daemon.yaml and in force at once; running sessions go on. The other settings are changed by
        'donmai config set'.

        Exit codes:
          0  shown, or changed
          1  refused (standard error says why), or no daemon answers
        """;

    private static readonly Argument<string> Key = CreateKey();

    private static readonly Argument<string> Value = new("value") { Description = "A whole number from 0." };

    public static Command Create()
    {
        var capacity = new NotedCommand("capacity", "Show or change what sessions may use.", Notes)
        {
            new Command("get", "Show it.") { VerbOptions.Json }.Asks(Show),
            new NotedCommand("set", "Change one setting.", Notes) { Key, Value, VerbOptions.Json }.Asks(Change),
            VerbOptions.Json,
        };
        return capacity.Asks(Show);
    }

    private static Argument<string> CreateKey()
    {
        var key = new Argument<string>("key") { Description = "The setting: capacity.maxConcurrentSessions or capacity.poolMaxDiskGb.", HelpName = "key" };
        key.CompletionSources.Add("capacity.maxConcurrentSessions", "capacity.poolMaxDiskGb");
        return key;
    }

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var report = await client.Capacity(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, report);
            return;
        }

        Screen.For(parsed).Write(Listing(report));
    }

    private static async Task Change(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var (key, value) = (parsed.GetRequiredValue(Key), parsed.GetRequiredValue(Value));
        var answer = await Set(client, key, value, cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, answer);
        else
            Screen.For(parsed).Write(Line.Of(($"{answer.Key} ", Tone.Name), ("is ", Tone.Plain), (answer.Value, Tone.Strong)));
    }

    // The daemon's answer speaks of what it was given, which is not in it.
    private static async Task<CapacityChangeAnswer> Set(DonmaiClient client, string key, string value, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SetCapacity(key, value, cancellationToken);
        }
        catch (BadRequestException refused)
        {
            throw new CommandFailureException($"{key} cannot be set to '{value}': {refused.Message}. 'donmai daemon capacity' says what can be set.");
        }
    }

    private static Listing Listing(CapacityReport report)
    {
        var capacity = report.Capacity;
        (string Key, int Value, string Unit)[] settings =
        [
            ("capacity.maxConcurrentSessions", capacity.MaxConcurrentSessions, "sessions"),
            ("capacity.maxVCpuPerSession", capacity.MaxVCpuPerSession, "processors"),
            ("capacity.maxMemoryMbPerSession", capacity.MaxMemoryMbPerSession, "MiB"),
            ("capacity.reservedForSystem.vCpu", capacity.ReservedVCpu, "processors"),
            ("capacity.reservedForSystem.memoryMb", capacity.ReservedMemoryMb, "MiB"),
            ("capacity.poolMaxDiskGb", report.PoolMaxDiskGb, report.PoolMaxDiskGb == 0 ? "no limit" : "GiB"),
        ];
        var listing = new Listing("SETTING", "VALUE", "UNIT", "CHANGE");
        foreach (var (key, value, unit) in settings)
        {
            listing.Add(
                (key, Tone.Name),
                (value.ToString(CultureInfo.InvariantCulture), Tone.Strong),
                (unit, Tone.Plain),
                (report.SettableKeys.Contains(key) ? "capacity set" : "daemon.yaml", Tone.Quiet));
        }

        return listing;
    }
}
