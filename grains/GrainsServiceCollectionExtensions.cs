using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Doctor;
using Donmai.Core.Daemon.Updates;
using Donmai.Core.Platform;
using Donmai.Core.Providers;
using Donmai.Core.Routing;
using Donmai.Core.Sessions;
using Donmai.Core.Workareas;
using Donmai.Core.Workareas.Pool;
using Donmai.Grains.Daemon;
using Donmai.Grains.Sessions;
using Donmai.Grains.Workareas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Donmai.Grains;

/// <summary>Registers what the grains work with.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>
    /// Registers the grains' collaborators. The host registers <see cref="StateDirectory"/>, <see cref="IDaemonConfiguration"/>,
    /// <see cref="ControlAddress"/>, <see cref="ProgramIdentity"/>, <see cref="WorkerCommand"/>, <see cref="ISessionProcesses"/>,
    /// <see cref="ISessionEventLog"/>, <see cref="IWorkareaArchives"/>, <see cref="IAgentRuntimes"/> and <see cref="ISelfUpdate"/> with its
    /// schedule.
    /// </summary>
    public static IServiceCollection AddDonmaiGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton<DaemonExit>();
        services.TryAddSingleton<DaemonMeter>();
        services.TryAddSingleton<SessionMetrics>();
        services.TryAddSingleton<IConfigurationFile, FixedConfigurationFile>();
        services.TryAddSingleton<RoutingPipeline>();
        services.TryAddSingleton<RoutingLog>();
        services.TryAddSingleton<SessionPlaces>();
        services.TryAddSingleton<WorktreeVolume>();
        services.TryAddSingleton<SessionLauncher>();
        services.TryAddSingleton<ISessionExits, SessionExits>();
        services.TryAddSingleton<UpdateProgress>();
        services.TryAddSingleton<UpdateRun>();
        services.TryAddSingleton<DaemonReports>();
        services.TryAddSingleton(HostFacts.OfThisMachine());
        services.TryAddSingleton<IMachineLoad>(static _ => new ProcLoad());
        services.TryAddSingleton<PlatformCadence>();
        services.TryAddSingleton<LoopMetrics>();
        services.TryAddSingleton<OutboxDelivery>();
        services.TryAddSingleton<OutboxCarrier>();
        services.TryAddSingleton<OutboxStore>();
        services.TryAddSingleton<ISeedNews, SeedNews>();
        services.AddWorkareaPool();
        services.AddProviders();
        services.AddRegistrar();
        services.AddDoctor();
        return services;
    }
}
