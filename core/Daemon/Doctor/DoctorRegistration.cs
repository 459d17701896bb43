using Donmai.Core.Daemon.Service;
using Donmai.Core.Providers;
using Donmai.Core.Sessions.Limits;
using Donmai.Core.Workareas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>Registers the doctor.</summary>
public static class DoctorRegistration
{
    /// <summary>
    /// Adds <see cref="DoctorRound"/> with all checks. The host adds the state directory, the configuration and its file, the worker command, the
    /// agent runtimes, and providers (<see cref="ProviderRegistration.AddProviders"/>).
    /// </summary>
    public static IServiceCollection AddDoctor(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorktreeVolume>();
        services.TryAddSingleton<SessionLimits>();
        services.TryAddSingleton(new FormerLife(null));
        services.TryAddSingleton<DoctorRound>();
        services.TryAddSingleton(static provider => new OrchestratorContact(
            provider.GetRequiredService<IDaemonConfiguration>(), provider.GetRequiredService<TimeProvider>(), OrchestratorContact.PlainHandler()));
        services.AddSingleton<IDoctorCheck>(static provider => new ConfigCheck(FileOf(provider), Reader(provider).Read));
        services.AddSingleton<IDoctorCheck, OrchestratorCheck>();
        services.AddSingleton<IDoctorCheck>(static provider => new CredentialsCheck(
            provider.GetRequiredService<IDaemonConfiguration>(), provider.GetRequiredService<OrchestratorContact>(), FileOf(provider)));
        services.AddSingleton<IDoctorCheck, DiskCheck>();
        services.AddSingleton<IDoctorCheck, KitsCheck>();
        services.AddSingleton<IDoctorCheck, WorkareasCheck>();
        services.AddSingleton<IDoctorCheck, GitCheck>();
        services.AddSingleton<IDoctorCheck, ProvidersCheck>();
        services.AddSingleton<IDoctorCheck, WorkerCheck>();
        services.AddSingleton<IDoctorCheck, LimitsCheck>();
        services.AddSingleton<IDoctorCheck, ClockCheck>();
        services.AddSingleton<IDoctorCheck, LastExitCheck>();
        return services;
    }

    /// <summary>
    /// Adds what only somebody who looks from outside can see, for a machine on which no daemon runs (daemon-runtime.md §14.4): the port, the service
    /// and its <c>PATH</c>. Agent programs are looked for where the service would look.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="port">Port of the control API.</param>
    public static IServiceCollection AddDoctorFromOutside(this IServiceCollection services, int port)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var shell = HostEnvironment.OfThisProcess();
        var service = shell.WithSearchPath(ServicePathCheck.OfService(home));
        services.AddSingleton(service);
        services.AddSingleton<IDoctorCheck>(new PortCheck(port));
        services.AddSingleton<IDoctorCheck>(provider => new ServiceCheck(ServicePrograms.OfThisProcess(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IDoctorCheck>(provider => new ServicePathCheck(
            provider.GetRequiredService<IAgentRuntimes>(), provider.GetRequiredService<IDaemonConfiguration>(), shell, service));
        return services.AddDoctor();
    }

    private static string FileOf(IServiceProvider provider) => provider.GetRequiredService<IConfigurationFile>().Path;

    private static DaemonConfigurationReader Reader(IServiceProvider provider) => new(
        provider.GetRequiredService<StateDirectory>(),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        NullLogger<DaemonConfigurationReader>.Instance,
        DaemonVariables.OfThisProcess(),
        HostFacts.OfThisMachine());
}
