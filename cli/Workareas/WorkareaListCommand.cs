using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea list</c>.</summary>
internal static class WorkareaListCommand
{
    private const string Corrupted = "corrupted";
    private const string Live = "active";

    private const string Notes =
        """
        STATUS of an archive says how its session ended: completed, failed, operator-cancelled
        or terminated. Those that are 'ready' belong to live sessions or were restored.
        AGE counts from when a tree was handed out or archived; the newest archives are first.
        """;

    public static Command Create() =>
        new NotedCommand("list", "List work areas: those of live sessions and restored ones, then archives.", Notes) { VerbOptions.Json }.Asks(Show);

    /// <summary>Writes the work areas for people.</summary>
    internal static void Write(IScreen screen, WorkareaList workareas, DateTimeOffset now)
    {
        var archives = workareas.Archived.OrderByDescending(static archive => archive.CreatedAt ?? DateTimeOffset.MinValue).ToList();
        screen.Write(Listing(workareas.Active.Concat(archives), now));
        foreach (var archive in archives.Where(IsCorrupted))
            screen.Write(Line.Of(($"{archive.Id}: ", Tone.Name), (archive.Disposition!, Tone.Bad)));
    }

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var workareas = await client.Workareas(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, workareas);
        else
            Write(Screen.For(parsed), workareas, TimeProvider.System.GetUtcNow());
    }

    private static Listing Listing(IEnumerable<WorkareaSummary> workareas, DateTimeOffset now)
    {
        var listing = new Listing("WORK AREA", "STATUS", "AGE", "SIZE", "REPOSITORY") { WhenEmpty = "No work areas." };
        foreach (var area in workareas)
        {
            listing.Add(
                (area.Id, Tone.Name),
                Status(area),
                (Age(area, now), Tone.Plain),
                (area.SizeBytes == 0 ? "" : Amounts.Bytes(area.SizeBytes), Tone.Quiet),
                (area.Repository ?? "", Tone.Quiet));
        }

        return listing;
    }

    private static (string Text, Tone Tone) Status(WorkareaSummary area) => area switch
    {
        { Kind: Live } => (area.Status, Tone.Good),
        _ when IsCorrupted(area) => (Corrupted, Tone.Bad),
        { Disposition: { Length: > 0 } ended } => (ended, ended == "failed" ? Tone.Warning : Tone.Plain),
        _ => (area.Status, Tone.Plain),
    };

    private static bool IsCorrupted(WorkareaSummary area) => area.Disposition?.StartsWith(Corrupted, StringComparison.Ordinal) == true;

    private static string Age(WorkareaSummary area, DateTimeOffset now) => (area.AcquiredAt ?? area.CreatedAt) is { } since ? Amounts.Age(now - since) : "";
}
