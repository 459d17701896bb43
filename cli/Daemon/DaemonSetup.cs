using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Cli.Daemon;

/// <summary>What a daemon of this user starts from: the state directory and the configuration.</summary>
/// <param name="State">Where it keeps its files.</param>
/// <param name="Configuration">The configuration: of the file, or generated when there is none.</param>
internal sealed record DaemonSetup(StateDirectory State, DaemonConfiguration Configuration)
{
    /// <summary>Finds both.</summary>
    /// <param name="stateDirectory"><c>--state-dir</c>, if given.</param>
    /// <param name="configurationPath"><c>--config</c>, if given; it must exist then.</param>
    /// <param name="logger">Told about keys of former versions.</param>
    /// <exception cref="DaemonConfigurationException">The configuration cannot be used.</exception>
    public static DaemonSetup Read(string? stateDirectory, string? configurationPath, ILogger<DaemonConfigurationReader>? logger = null)
    {
        var state = StateOf(stateDirectory);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var reader = new DaemonConfigurationReader(state, home, logger ?? NullLogger<DaemonConfigurationReader>.Instance);
        var path = configurationPath is null ? state.Configuration : Path.GetFullPath(configurationPath);
        var configuration = reader.Read(path);
        if (configuration is null && configurationPath is not null)
            throw new CommandFailureException($"There is no configuration file {path}.");
        return new DaemonSetup(state, configuration ?? GeneratedConfiguration.For(HostFacts.OfThisMachine(), state));
    }

    /// <summary>The state directory that is meant.</summary>
    public static StateDirectory StateOf(string? stateDirectory) =>
        string.IsNullOrWhiteSpace(stateDirectory)
            ? StateDirectoryResolver.ForThisProcess().Resolve()
            : new StateDirectoryResolver(home: null, stateDirectory).Resolve();
}
