using System.CommandLine;
using System.Text.Json.Nodes;
using Donmai.Cli.Rendering;
using Donmai.Client;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea rm</c>.</summary>
internal static class WorkareaRemoveCommand
{
    /// <summary>The work areas.</summary>
    internal static readonly Argument<string[]> Ids = new("id")
    {
        Description = "Restored work areas and archives, as 'workarea list' names them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private const string Notes =
        """
        What a live session works in, and what is being restored or compared, is not removed.
        There is no way back. The first that cannot be removed ends the command.

        Exit codes:
          0  all are gone
          1  one was refused, or failed, or no daemon answers
        """;

    public static Command Create() =>
        new NotedCommand("rm", "Remove restored work areas and archives from the disk.", Notes) { Ids, VerbOptions.Json }.Asks(Remove);

    private static async Task Remove(ParseResult parsed, DonmaiClient client, CancellationToken cancellationToken)
    {
        var (screen, json) = (Screen.For(parsed), parsed.GetValue(VerbOptions.Json));
        foreach (var id in parsed.GetRequiredValue(Ids))
        {
            await screen.While(() => $"removing {id}", () => Remove(id, client, cancellationToken));
            if (json)
                await JsonOutput.WriteNode(parsed.InvocationConfiguration.Output, new JsonObject { ["removed"] = id });
            else
                screen.Write(Line.Of(("removed ", Tone.Plain), (id, Tone.Name)));
        }
    }

    private static async Task<bool> Remove(string id, DonmaiClient client, CancellationToken cancellationToken)
    {
        await client.RemoveWorkarea(id, cancellationToken);
        return true;
    }
}
