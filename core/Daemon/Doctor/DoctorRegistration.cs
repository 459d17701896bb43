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
    /// agent runtimes, and providers (<see cref="Providers.ProviderRegistration.AddProviders"/>).
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

    private static string FileOf(IServiceProvider provider) => provider.GetRequiredService<IConfigurationFile>().Path;

    private static DaemonConfigurationReader Reader(IServiceProvider provider) => new(
        provider.GetRequiredService<StateDirectory>(),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
        NullLogger<DaemonConfigurationReader>.Instance,
        DaemonVariables.OfThisProcess(),
        HostFacts.OfThisMachine());
}
