using System.CommandLine;
using Donmai.Core.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai config unset</c>: takes a key out of the file, so that its default counts again.</summary>
internal static class ConfigUnsetCommand
{
    private const string Notes =
        """
        Exit codes:
           0  taken out
           1  the key is not in the file, or the file cannot be written
          78  the file would not be usable without it, or is not usable as it is
        """;

    private static readonly Argument<string> Key = ConfigurationPlace.Key("Full name, e.g. autoUpdate.pin, or projects[2] for a whole entry.");

    public static Command Create() =>
        new NotedCommand("unset", "Take a key out of daemon.yaml; its default counts again.", Notes)
        {
            Key, ConfigurationPlace.Config, ConfigurationPlace.StateDir, VerbOptions.Json,
        }.Does(Change);

    private static async Task<int> Change(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key = parsed.GetRequiredValue(Key);
        var place = ConfigurationPlace.Of(parsed);
        if (!IsWritten(place, key))
            throw new CommandFailureException(ConfigGetCommand.WhyNothing(key, place.Path));
        await ConfigSetCommand.Apply(parsed, key, ConfigurationEdit.Unset(key), cancellationToken);
        return ExitCode.Done;
    }

    private static bool IsWritten(ConfigurationPlace place, string key)
    {
        using var file = place.Open();
        return !file.IsNew && ConfigurationOverview.Of(place.Source.Reader, place.Path, file.InForce.Current)
            .Any(value => value.From is not ConfigurationOrigin.Default && ConfigurationOverview.IsWithin(value.Key, key));
    }
}
