using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Donmai.Core.Daemon.Updates;

/// <summary>Registers the update of the program.</summary>
public static class UpdateRegistration
{
    /// <summary>
    /// Adds <see cref="ISelfUpdate"/>, <see cref="UpdateRecord"/> and what they are made of. The host adds <see cref="ProgramIdentity"/>,
    /// <see cref="IDaemonConfiguration"/> and <see cref="StateDirectory"/>, and may add its own <see cref="IArtifactVerifier"/> and
    /// <see cref="IInstalledProgram"/>.
    /// </summary>
    public static IServiceCollection AddSelfUpdate(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IArtifactVerifier, RefusingVerifier>();
        services.TryAddSingleton(static _ => InstalledPrograms.Running());
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton<UpdateSchedule>();
        services.TryAddSingleton<UpdateRecord>();
        services.TryAddSingleton<UpdateProgress>();
        services.TryAddSingleton<ReleaseServer>();
        services.TryAddSingleton<ReleaseFeed>();
        services.TryAddSingleton<ReleaseChoice>();
        services.TryAddSingleton<ReleaseDelivery>();
        services.TryAddSingleton<ProgramTrial>();
        services.TryAddSingleton<ISelfUpdate, SelfUpdate>();
        return services;
    }
}
