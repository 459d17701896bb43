using System.CommandLine;
using Donmai.Core.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai config unset</c>: takes a key out of the file, so that its default counts again.</summary>
internal static class ConfigUnsetCommand
{
    private static readonly Argument<string> Key = new("key") { Description = "Full name, e.g. autoUpdate.pin, or projects[2] for a whole entry." };

    public static Command Create() =>
        new Command("unset", "Take a key out of daemon.yaml; its default counts again.") { Key, ConfigurationPlace.Config, ConfigurationPlace.StateDir }.Does(Change);

    private static async Task<int> Change(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key = parsed.GetRequiredValue(Key);
        await ConfigSetCommand.Apply(parsed, key, ConfigurationEdit.Unset(key), cancellationToken);
        return ExitCode.Done;
    }
}
