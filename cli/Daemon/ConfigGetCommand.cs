using System.CommandLine;
using System.Text.Json.Nodes;
using Donmai.Core.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai config get</c>: one value, for scripts.</summary>
internal static class ConfigGetCommand
{
    private static readonly Argument<string> Key = new("key") { Description = "Full name, e.g. capacity.maxConcurrentSessions or projects[0].repository." };

    public static Command Create() =>
        new Command("get", "Print one value.") { Key, ConfigurationPlace.Config, ConfigurationPlace.StateDir, VerbOptions.Json }.Does(Show);

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
        var found = ConfigurationOverview.Of(place.Source.Reader, place.Path, file.InForce.Current).FirstOrDefault(value => value.Key == name)
            ?? throw new CommandFailureException(
                ConfigurationKeys.Find(name) is null ? $"There is no key {name}; 'donmai config show' lists them." : $"{name} is not set in {place.Path}.");
        await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(VerbOptions.Json) ? found.Value?.ToJsonString() ?? "null" : TerminalText.OneLine(Text(found.Value)));
        return ExitCode.Done;
    }
}
