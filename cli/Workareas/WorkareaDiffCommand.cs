using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Cli.Workareas.Diff;
using Donmai.Client;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea diff</c>.</summary>
internal static class WorkareaDiffCommand
{
    private const string Notes =
        """
        Each line is one path: A for added, D for removed, M for modified, then its sizes,
        or what else is not alike. Both have to be archives; the tree of a live session is
        none yet.

        What git keeps for itself, in .git at the top, is counted but not shown: it differs
        whatever was done. --all shows it; --json and --ndjson always have it.

        --stat and --patch read the files themselves, so the daemon has to be on this
        machine. Files that are no UTF-8 text, and files above 8 MiB, are binary to them;
        directories they do not show, as git does not.

        Examples:
          donmai workarea diff wa-7f03 wa-8c10
          donmai workarea diff wa-7f03 wa-8c10 --patch > run.patch

        Exit codes:
          0  done, whether they differ or not
          1  not found, corrupted, failed, or no daemon answers
        """;

    internal static readonly Argument<string> Older = new("a") { Description = "The old side: an archive, as 'workarea list' names it." };

    internal static readonly Argument<string> Newer = new("b") { Description = "The new side: another archive." };

    private static readonly Option<bool> Tree = new("--tree") { Description = "Show the paths as a tree." };

    private static readonly Option<bool> Stat = new("--stat") { Description = "Show how many lines of each file changed." };

    private static readonly Option<bool> Patch = new("--patch", "-p") { Description = "Show the changes themselves, as git does." };

    private static readonly Option<bool> Lines = new("--ndjson") { Description = "Print JSON, one path a line as it is found, and the summary in the last." };

    private static readonly Option<bool> All = new("--all", "-a") { Description = "Show what is below .git, too." };

    private static readonly Option<bool>[] Shapes = [Tree, Stat, Patch, Lines, VerbOptions.Json];

    public static Command Create()
    {
        var command = new NotedCommand("diff", "Show what differs between two archives.", Notes) { Older, Newer, Tree, Stat, Patch, Lines, All, VerbOptions.Json };
        command.Validators.Add(static result =>
        {
            var asked = Shapes.Where(shape => result.GetResult(shape) is not null && result.GetValue(shape)).Select(static shape => shape.Name).ToList();
            if (asked.Count > 1)
                result.AddError($"{string.Join(" and ", asked)} cannot be had at once.");
        });
        return command.Asks(Show);
    }

    private static Task Show(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        var asked = new ArchivePair(client, parsed.GetRequiredValue(Older), parsed.GetRequiredValue(Newer), parsed.GetValue(All));
        return Shapes.FirstOrDefault(parsed.GetValue) switch
        {
            { } shape when shape == Tree => asked.WriteTree(Screen.For(parsed), cancellationToken),
            { } shape when shape == Stat => asked.WriteStat(Screen.For(parsed), cancellationToken),
            { } shape when shape == Patch => asked.WritePatch(PatchScreen.For(output), Screen.For(parsed.InvocationConfiguration.Error), cancellationToken),
            { } shape when shape == Lines => asked.WriteLines(output, cancellationToken),
            { } => asked.WriteJson(output, cancellationToken),
            null => asked.WriteList(Screen.For(parsed), cancellationToken),
        };
    }
}
