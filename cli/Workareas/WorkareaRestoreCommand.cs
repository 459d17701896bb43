using System.CommandLine;
using Donmai.Cli.Rendering;
using Donmai.Client;
using Donmai.Workareas;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea restore</c>.</summary>
internal static class WorkareaRestoreCommand
{
    /// <summary>The archive.</summary>
    internal static readonly Argument<string> Archive = new("id") { Description = "The archive, as 'workarea list' names it." };

    private const string Notes =
        """
        Example:
          cd "$(donmai workarea restore wa-run-1f0c5a7e21-1779096912 --json | jq -r .path)"

        The archive stays as it is; every restore makes a tree of its own, which 'workarea rm'
        removes again. The daemon makes the copy to its end even when this command is interrupted.

        Exit codes:
          0  the tree is there
          1  refused, failed, or no daemon answers
        """;

    private static readonly Option<string> Into = new("--into") { Description = "Session id that the work area gets; otherwise that of the archive.", HelpName = "SESSION", DefaultValueFactory = static _ => "" };

    private static readonly Option<string> Reason = new("--reason") { Description = "What for, for the record.", HelpName = "TEXT", DefaultValueFactory = static _ => "" };

    public static Command Create() =>
        new NotedCommand("restore", "Make a tree of an archive that can be worked in.", Notes) { Archive, Into, Reason, VerbOptions.Json }.Asks(Restore);

    private static async Task Restore(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(Archive);
        var request = new WorkareaRestore { IntoSessionId = parsed.GetRequiredValue(Into), Reason = parsed.GetRequiredValue(Reason) };
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.Write(parsed.InvocationConfiguration.Output, await client.Restore(id, request, cancellationToken));
            return;
        }

        var screen = Screen.For(parsed);
        var begun = TimeProvider.System.GetTimestamp();
        var size = await Size(id, client, cancellationToken);
        var restored = await screen.While(
            () => $"restoring {id}{size}: {Amounts.Duration(TimeProvider.System.GetElapsedTime(begun))}",
            () => client.Restore(id, request, cancellationToken));
        WorkareaShowCommand.Write(screen, restored, TimeProvider.System.GetUtcNow());
    }

    // The daemon says no more than that while it copies.
    private static async Task<string> Size(string id, DonmaiClient client, CancellationToken cancellationToken)
    {
        var archive = (await client.Workareas(cancellationToken)).Archived.Find(archive => archive.Id == id);
        return archive is { SizeBytes: > 0 } ? $" ({Amounts.Bytes(archive.SizeBytes)})" : "";
    }
}
