using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Cli.Daemon;

/// <summary>What a daemon of this user starts from: the state directory and the configuration.</summary>
/// <param name="State">Where it keeps its files.</param>
/// <param name="Configuration">The configuration: of the file, or generated when there is none.</param>
internal sealed record DaemonSetup(StateDirectory State, ConfigurationFile Configuration) : IDisposable
{
    /// <summary>Variable that names the file, without its prefix; the service's unit sets it (daemon-runtime.md §2.10).</summary>
    public const string ConfigurationVariable = "DAEMON_CONFIG";

    /// <summary>Variable that names the file of the cached registration, without its prefix.</summary>
    public const string RegistrationVariable = "DAEMON_JWT_PATH";

    private static int _isWarned;

    /// <summary>Finds both; the state of the former product is taken over first where there is no other.</summary>
    /// <param name="stateDirectory"><c>--state-dir</c>, if given.</param>
    /// <param name="configurationPath"><c>--config</c>, if given.</param>
    /// <param name="mayCreate">Whether a file that is named so need not exist.</param>
    /// <param name="logging">Told about keys and names of former versions, and about changes.</param>
    /// <param name="adapt">What this process changes about every configuration that it takes.</param>
    /// <param name="registrationPath"><c>--jwt-path</c>, if given.</param>
    /// <exception cref="DaemonConfigurationException">The configuration cannot be used.</exception>
    /// <exception cref="StateDirectoryException">The state of the former product cannot be taken over.</exception>
    public static DaemonSetup Read(
        string? stateDirectory,
        string? configurationPath,
        bool mayCreate,
        ILoggerFactory logging,
        Func<DaemonConfiguration, DaemonConfiguration>? adapt = null,
        string? registrationPath = null)
    {
        var log = logging.CreateLogger<DaemonSetup>();
        var variables = DaemonVariables.OfThisProcess((former, present) => log.FormerVariable(former, present));
        var state = ResolverOf(stateDirectory).ResolveForDaemon((legacy, present) => log.TakenOver(legacy, present))
            .WithRegistration(registrationPath ?? variables.Own(RegistrationVariable));
        var path = Path.GetFullPath(configurationPath ?? variables.Own(ConfigurationVariable) ?? state.Configuration);
        if (configurationPath is not null && !mayCreate && !Path.Exists(path))
            throw new CommandFailureException($"There is no configuration file {path}; --skip-wizard makes one.");
        var source = SourceOf(state, variables, logging);
        return new DaemonSetup(state, new ConfigurationFile(path, source, TimeProvider.System, logging.CreateLogger<ConfigurationFile>(), adapt));
    }

    /// <summary>The configuration file of a daemon that is started without options.</summary>
    public static string ConfigurationPathOf(StateDirectory state) =>
        Path.GetFullPath(DaemonVariables.OfThisProcess().Own(ConfigurationVariable) ?? state.Configuration);

    /// <summary>How the configuration of a state directory is read.</summary>
    public static ConfigurationSource SourceOf(StateDirectory state, DaemonVariables variables, ILoggerFactory logging)
    {
        var host = HostFacts.OfThisMachine();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var reader = new DaemonConfigurationReader(state, home, logging.CreateLogger<DaemonConfigurationReader>(), variables, host);
        return new ConfigurationSource(reader, () => GeneratedConfiguration.Text(host, state, variables));
    }

    /// <summary>The configuration that a daemon of a state directory would have now; nothing is taken over, and nobody is warned.</summary>
    /// <param name="state">The state directory.</param>
    /// <param name="path">The file, if it is not the usual one.</param>
    /// <exception cref="DaemonConfigurationException">The configuration cannot be used.</exception>
    public static DaemonConfiguration ConfigurationOf(StateDirectory state, string? path)
    {
        var variables = DaemonVariables.OfThisProcess();
        var file = path ?? variables.Own(ConfigurationVariable) ?? state.Configuration;
        using var configuration = new ConfigurationFile(
            file, SourceOf(state, variables, NullLoggerFactory.Instance), TimeProvider.System, NullLogger<ConfigurationFile>.Instance);
        return configuration.InForce.Current;
    }

    /// <summary>The state directory that is meant; that of the former product where there is no other, with one warning.</summary>
    public static StateDirectory StateOf(string? stateDirectory)
    {
        var resolver = ResolverOf(stateDirectory);
        var state = resolver.Resolve();
        if (resolver.IsLegacy && Interlocked.Exchange(ref _isWarned, 1) == 0)
            Console.Error.WriteLine($"donmai: the state of the former product in {state.Root} is used; `donmai daemon install` or `donmai daemon run` copies it to ~/.donmai");
        return state;
    }

    /// <inheritdoc/>
    public void Dispose() => Configuration.Dispose();

    private static StateDirectoryResolver ResolverOf(string? stateDirectory) =>
        string.IsNullOrWhiteSpace(stateDirectory) ? StateDirectoryResolver.ForThisProcess() : new StateDirectoryResolver(home: null, stateDirectory);
}
