using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea list</c>.</summary>
internal static class WorkareaListCommand
{
    public static Command Create() =>
        new Command("list", "List work areas: those of live sessions, then archives.") { VerbOptions.Json }.Asks(Show);

    private static async Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var workareas = await client.Workareas(cancellationToken);
        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, workareas);
        else
            Screen.For(parsed).Write(Listing(workareas));
    }

    /// <summary>The table of work areas.</summary>
    internal static Listing Listing(WorkareaList workareas)
    {
        var listing = new Listing("WORK AREA", "KIND", "STATUS", "SIZE", "REPOSITORY") { WhenEmpty = "No work areas." };
        foreach (var area in workareas.Active.Concat(workareas.Archived))
        {
            listing.Add(
                (area.Id, Tone.Name),
                (area.Kind, Tone.Plain),
                (area.Status, area.Status == "corrupted" ? Tone.Bad : Tone.Plain),
                (area.SizeBytes == 0 ? "" : Amounts.Bytes(area.SizeBytes), Tone.Quiet),
                (area.Repository ?? "", Tone.Quiet));
        }

        return listing;
    }
}
