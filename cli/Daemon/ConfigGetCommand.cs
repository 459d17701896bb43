using System.CommandLine;
using System.Text.Json.Nodes;
using Donmai.Cli.Rendering;
using Donmai.Core.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai config get</c>: one value, for scripts.</summary>
internal static class ConfigGetCommand
{
    private static readonly Argument<string> Key = ConfigurationPlace.Key("Full name, e.g. capacity.maxConcurrentSessions, or a section such as capacity, projects or projects[0].");

    public static Command Create() =>
        new Command("get", "Print one value, or those of a section.") { Key, ConfigurationPlace.Config, ConfigurationPlace.StateDir, VerbOptions.Json }.Does(Show);

    /// <summary>A value for people.</summary>
    internal static string Text(JsonNode? value) => value switch
    {
        JsonArray list => string.Join(", ", list.Select(static item => item?.ToString())),
        null => "",
        _ => value.ToString(),
    };

    private static async Task<int> Show(ParseResult parsed, CancellationToken cancellationToken)
    {
        var place = ConfigurationPlace.Of(parsed);
        using var file = place.Open();
        var name = parsed.GetRequiredValue(Key);
        var values = ConfigurationOverview.Of(place.Source.Reader, place.Path, file.InForce.Current);
        var output = parsed.InvocationConfiguration.Output;
        if (values.FirstOrDefault(value => value.Key == name) is { } found)
            await (parsed.GetValue(VerbOptions.Json) ? JsonOutput.WriteNode(output, found.Value) : output.WriteLineAsync(TerminalText.OneLine(Text(found.Value))));
        else if (values.Where(value => ConfigurationOverview.IsWithin(value.Key, name)).ToList() is { Count: > 0 } section)
            await ShowSection(parsed, section);
        else
            throw new CommandFailureException(WhyNothing(name, place.Path));
        return ExitCode.Done;
    }

    /// <summary>Why a key has no value.</summary>
    internal static string WhyNothing(string name, string path) =>
        ConfigurationKeys.Find(name) is null ? $"There is no key {name}; 'donmai config show' lists them." : $"{name} is not set in {path}.";

    // A section or a list: each value below it, by its full name.
    private static async Task ShowSection(ParseResult parsed, IReadOnlyList<ConfigurationValue> section)
    {
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.WriteNode(
                parsed.InvocationConfiguration.Output, new JsonObject(section.Select(static value => KeyValuePair.Create(value.Key, value.Value?.DeepClone()))));
            return;
        }

        var facts = new Facts();
        foreach (var value in section)
            facts.Add(value.Key, Text(value.Value));
        facts.WriteTo(Screen.For(parsed));
    }
}
