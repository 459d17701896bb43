using System.CommandLine;
using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Cli.Daemon;

/// <summary>Which <c>daemon.yaml</c> a verb is about, and how it is read.</summary>
/// <param name="State">The state directory.</param>
/// <param name="Path">The file, absolute; need not exist.</param>
/// <param name="Source">How it is read, and what stands in for it when it does not exist.</param>
internal sealed record ConfigurationPlace(StateDirectory State, string Path, ConfigurationSource Source)
{
    /// <summary>Names the file.</summary>
    public static readonly Option<string?> Config = new("--config")
    {
        Description = "Configuration; otherwise DONMAI_DAEMON_CONFIG, then daemon.yaml in the state directory.",
        HelpName = "FILE",
    };

    /// <summary>Names the state directory.</summary>
    public static readonly Option<string?> StateDir = new("--state-dir")
    {
        Description = "State directory; otherwise DONMAI_STATE_HOME, then ~/.donmai.",
        HelpName = "DIR",
    };

    /// <summary>Names a key.</summary>
    /// <param name="description">What may be named.</param>
    public static Argument<string> Key(string description)
    {
        var key = new Argument<string>("key") { Description = description, HelpName = "key" };
        key.CompletionSources.Add([.. ConfigurationKeys.All.Select(static known => known.Name)]);
        return key;
    }

    /// <summary>What the command line and the environment say.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">The file, when it is named otherwise.</param>
    public static ConfigurationPlace Of(ParseResult parsed, string? file = null)
    {
        var state = DaemonSetup.StateOf(parsed.GetValue(StateDir));
        var variables = DaemonVariables.OfThisProcess();
        var path = file ?? parsed.GetValue(Config) ?? variables.Own(DaemonSetup.ConfigurationVariable) ?? state.Configuration;
        return new ConfigurationPlace(state, System.IO.Path.GetFullPath(path), DaemonSetup.SourceOf(state, variables, NullLoggerFactory.Instance));
    }

    /// <summary>The file for changes.</summary>
    /// <exception cref="DaemonConfigurationException">It cannot be used as it is.</exception>
    public ConfigurationFile Open() => new(Path, Source, TimeProvider.System, NullLogger<ConfigurationFile>.Instance);
}
