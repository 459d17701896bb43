using Donmai.Core.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas.Pool;

/// <summary>Registers what the pool needs of git and the disk.</summary>
public static class PoolRegistration
{
    /// <summary>Adds <see cref="ISeedWorkshop"/>. The host adds <see cref="ISeedNews"/>, the configuration and the state directory.</summary>
    public static IServiceCollection AddWorkareaPool(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorktreeVolume>();
        services.TryAddSingleton<PoolPlaces>();
        services.TryAddSingleton<PoolMetrics>();
        services.TryAddSingleton<ISeedWorkshop>(static provider => new SeedWorkshop(
            new SeedMaker(
                provider.GetRequiredService<PoolPlaces>(),
                provider.GetRequiredService<WorktreeVolume>(),
                provider.GetRequiredService<IDaemonConfiguration>(),
                provider.GetService<HostEnvironment>() ?? HostEnvironment.OfThisProcess(),
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<PoolPlaces>(),
            provider.GetRequiredService<ISeedNews>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SeedWorkshop>>()));
        return services;
    }
}
