using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea list</c>.</summary>
internal static class WorkareaListCommand
{
    private const string Corrupted = "corrupted";

    public static Command Create() =>
        new Command("list", "List work areas: those of live sessions and restored ones, then archives.") { VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var workareas = await client.Workareas(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, workareas);
        else
            Screen.For(parsed).Write(Listing(workareas, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>The table of work areas.</summary>
    internal static Listing Listing(WorkareaList workareas, DateTimeOffset now)
    {
        var listing = new Listing("WORK AREA", "STATUS", "AGE", "SIZE", "REPOSITORY") { WhenEmpty = "No work areas." };
        foreach (var area in workareas.Active.Concat(workareas.Archived))
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

    private static (string Text, Tone Tone) Status(WorkareaSummary area) =>
        area.Disposition?.StartsWith(Corrupted, StringComparison.Ordinal) == true ? (Corrupted, Tone.Bad) : (area.Status, area.Kind == "active" ? Tone.Good : Tone.Plain);

    private static string Age(WorkareaSummary area, DateTimeOffset now) => (area.AcquiredAt ?? area.CreatedAt) is { } since ? Amounts.Age(now - since) : "";
}
