using System.CommandLine;
using System.Text.Json.Nodes;
using Donmai.Cli.Rendering;
using Donmai.Core.Daemon;

namespace Donmai.Cli.Daemon;

/// <summary><c>donmai config validate</c>: everything that is wrong with a file, before a daemon is started with it.</summary>
internal static class ConfigValidateCommand
{
    private const string Notes =
        """
        Exit codes:
           0  a daemon can be started with it
           1  there is no such file
          78  it cannot be used; every violation is listed with its line
        """;

    private static readonly Argument<string?> File = new("file")
    {
        Description = "The file; otherwise the one that a daemon would read.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() =>
        new NotedCommand("validate", "Check a configuration.", Notes) { File, ConfigurationPlace.Config, ConfigurationPlace.StateDir, VerbOptions.Json }.Does(Check);

    private static async Task<int> Check(ParseResult parsed, CancellationToken cancellationToken)
    {
        var place = ConfigurationPlace.Of(parsed, parsed.GetValue(File));
        try
        {
            if (place.Source.Reader.Read(place.Path) is null)
                throw new CommandFailureException($"There is no configuration file {place.Path}.");
        }
        catch (DaemonConfigurationException broken) when (parsed.GetValue(VerbOptions.Json))
        {
            await JsonOutput.WriteNode(parsed.InvocationConfiguration.Output, ToJson(place.Path, broken.Violations));
            return ExitCode.ConfigurationInvalid;
        }

        if (parsed.GetValue(VerbOptions.Json))
            await JsonOutput.WriteNode(parsed.InvocationConfiguration.Output, ToJson(place.Path, []));
        else
            Screen.For(parsed).Write(Line.Of(($"{place.Path} can be used", Tone.Good)));
        return ExitCode.Done;
    }

    private static JsonObject ToJson(string path, IReadOnlyList<ConfigurationViolation> violations) => new()
    {
        ["path"] = path,
        ["valid"] = violations.Count == 0,
        ["violations"] = new JsonArray([.. violations.Select(static violation => new JsonObject
        {
            ["key"] = violation.Key,
            ["line"] = violation.Line,
            ["message"] = violation.Message,
        })]),
    };
}
