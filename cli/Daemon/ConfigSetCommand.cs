using System.CommandLine;
using System.Text.Json.Nodes;
using Donmai.Cli.Rendering;
using Donmai.Core.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai config set</c>: changes one value and nothing else of the file.</summary>
internal static class ConfigSetCommand
{
    private const string Notes =
        """
        Comments, order and keys that nothing here reads stay as they are. The file is checked first: a value that would make it
        unusable is refused, and nothing is written. A running daemon takes the change over by itself, except for what it binds
        itself to at its start: machine.id, orchestrator.*, observability.*.

        Examples:
          donmai config set capacity.maxConcurrentSessions 4
          donmai config set 'projects[0].cloneStrategy' full
          donmai config set orchestrator.authToken '${ACME_DAEMON_TOKEN}'
          donmai config set kit.scanPaths '~/.donmai/kits, /opt/kits'
          donmai config set projects '[{"id":"shop","repository":"/srv/shop.git"}]'

        Exit codes:
           0  written
           1  there is no such key, it takes no such value, or the file cannot be written
          78  the file would not be usable with it, or is not usable as it is
        """;

    private static readonly Argument<string> Key = ConfigurationPlace.Key("Full name, e.g. capacity.maxConcurrentSessions.");

    private static readonly Argument<string> Value = new("value") { Description = "The value; a list is written 'one, two' or as JSON." };

    public static Command Create() =>
        new NotedCommand("set", "Change one value of daemon.yaml.", Notes) { Key, Value, ConfigurationPlace.Config, ConfigurationPlace.StateDir, VerbOptions.Json }.Does(Change);

    private static async Task<int> Change(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Key);
        var key = ConfigurationKeys.Find(name) ?? throw new CommandFailureException($"There is no key {name}; 'donmai config show' lists them.");
        await Apply(parsed, name, ConfigurationEdit.Set(name, ConfigurationKeys.Parse(key, parsed.GetRequiredValue(Value))), cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>Writes one change, and says so.</summary>
    internal static async Task Apply(ParseResult parsed, string key, ConfigurationEdit edit, CancellationToken cancellationToken)
    {
        using var file = ConfigurationPlace.Of(parsed).Open();
        try
        {
            await file.Change([edit], cancellationToken);
        }
        catch (DaemonConfigurationException refused)
        {
            throw new CommandFailureException(
                $"{string.Join("; ", refused.Violations.Select(static violation => violation.Message))}. Nothing was written.", ExitCode.ConfigurationInvalid);
        }

        var isOfStart = ConfigurationKeys.IsOfStart(key);
        if (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.WriteNode(parsed.InvocationConfiguration.Output, new JsonObject { ["path"] = file.Path, ["key"] = key, ["atNextStart"] = isOfStart });
            return;
        }

        var when = isOfStart ? "a daemon takes it over at its next start" : "a running daemon takes it over by itself";
        Screen.For(parsed).Write(Line.Of(($"{file.Path}: {key} is changed; {when}", Tone.Plain)));
    }
}
