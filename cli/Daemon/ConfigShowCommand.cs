using System.CommandLine;
using System.Text.Json.Nodes;
using Donmai.Cli.Rendering;
using Donmai.Core.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai config show</c>: every value in force, and where it comes from.</summary>
internal static class ConfigShowCommand
{
    private const string Notes =
        """
        FROM says who decides: the file, the default, the environment; "unused" marks keys of the file that nothing here reads.
        Secrets are masked; a reference such as ${MY_TOKEN} is shown as it is written.
        """;

    public static Command Create() =>
        new NotedCommand("show", "Show every value in force, and where it comes from.", Notes) { ConfigurationPlace.Config, ConfigurationPlace.StateDir, VerbOptions.Json }.Does(Show);

    private static async Task<int> Show(ParseResult parsed, CancellationToken cancellationToken)
    {
        var place = ConfigurationPlace.Of(parsed);
        using var file = place.Open();
        var values = ConfigurationOverview.Of(place.Source.Reader, place.Path, file.InForce.Current);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.WriteNode(parsed.InvocationConfiguration.Output, ToJson(place.Path, values));
            return ExitCode.Done;
        }

        var screen = Screen.For(parsed);
        screen.Write(Line.Of((file.IsNew ? $"{place.Path} is not there; these are the values of a daemon without it" : place.Path, Tone.Quiet)));
        var listing = new Listing("KEY", "VALUE", "FROM");
        foreach (var value in values)
            listing.Add((value.Key, Tone.Name), (ConfigGetCommand.Text(value.Value), Tone.Plain), (Word(value.From), ToneOf(value.From)));
        screen.Write(listing);
        return ExitCode.Done;
    }

    private static JsonObject ToJson(string path, IEnumerable<ConfigurationValue> values) => new()
    {
        ["path"] = path,
        ["values"] = new JsonArray([.. values.Select(static value => new JsonObject
        {
            ["key"] = value.Key,
            ["value"] = value.Value?.DeepClone(),
            ["from"] = Word(value.From),
        })]),
    };

    private static string Word(ConfigurationOrigin origin) => origin.ToString().ToLowerInvariant();

    private static Tone ToneOf(ConfigurationOrigin origin) => origin is ConfigurationOrigin.Unused ? Tone.Warning : Tone.Quiet;
}
