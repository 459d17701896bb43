using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Doctor;
using Donmai.Core.Providers;
using Donmai.Daemon;
using Donmai.Silo.Daemon;
using Donmai.Worker.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Cli.Daemon;

/// <summary>The doctor of a machine on which no daemon runs (daemon-runtime.md §14.4).</summary>
internal static class LocalDoctor
{
    /// <summary>Looks at everything; a configuration that cannot be used is one of its findings.</summary>
    /// <exception cref="StateDirectoryException">There is no place for a state directory.</exception>
    public static async Task<DoctorReport> Look()
    {
        var state = DaemonSetup.StateOf(stateDirectory: null);
        var path = DaemonSetup.ConfigurationPathOf(state);
        var (configuration, isLoaded) = Read(state, path);
        var program = EngineName.Identify();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(state)
            .AddSingleton(program)
            .AddSingleton<IDaemonConfiguration>(new ConfigurationInForce(configuration))
            .AddSingleton(new FormerLife(new LastExitFile(state.LastExit).Read()))
            .AddSingleton<IConfigurationFile>(new UnwrittenFile(path))
            .AddSingleton(WorkerCommands.Own(state))
            .AddDoctorFromOutside(DaemonHostOptions.UsualPort)
            .AddAgentRuntimes()
            .AddProviders()
            .BuildServiceProvider();
        var findings = await services.GetRequiredService<DoctorRound>().Look();
        return new DoctorReport
        {
            State = "stopped",
            Version = program.Version,
            Engine = program.Engine,
            ConfigLoaded = isLoaded,
            MachineId = configuration.MachineId,
            ProjectCount = configuration.Projects.Count,
            OrchestratorUrl = configuration.OrchestratorUrl,
            Timestamp = TimeProvider.System.GetUtcNow(),
            Checks = findings.Checks,
            HostChecks = findings.HostChecks,
        };
    }

    private static (DaemonConfiguration Configuration, bool IsLoaded) Read(StateDirectory state, string path)
    {
        var variables = DaemonVariables.OfThisProcess();
        var generated = GeneratedConfiguration.For(HostFacts.OfThisMachine(), state, variables);
        try
        {
            return (DaemonSetup.SourceOf(state, variables, NullLoggerFactory.Instance).Reader.Read(path) ?? generated, true);
        }
        catch (DaemonConfigurationException)
        {
            return (generated, false); // the check named "config" says what is wrong
        }
    }

    /// <summary>The configuration of which only the place counts here.</summary>
    private sealed class UnwrittenFile(string path) : IConfigurationFile
    {
        public string Path => path;

        public Task<DaemonConfiguration> Change(IReadOnlyList<ConfigurationEdit> edits, CancellationToken cancellationToken = default) =>
            throw new ConfigurationWriteException("the doctor writes nothing");
    }
}
