using Donmai.Core.Workareas.Restoring;
using Donmai.Core.Workareas.Trees;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Donmai.Core.Workareas;

/// <summary>Registers what work areas need of the disk.</summary>
public static class WorkareaRegistration
{
    /// <summary>Adds <see cref="IWorkareaArchives"/>, <see cref="IArchiveDiffs"/> and <see cref="IRestoredWorkareas"/>. The host adds the configuration.</summary>
    public static IServiceCollection AddWorkareaArchives(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IArchiveUse, ArchiveUse>();
        services.AddSingleton<IArchiveTrees, ArchiveTrees>();
        services.AddSingleton<WorkareaArchives>();
        services.AddSingleton<IWorkareaArchives>(static provider => provider.GetRequiredService<WorkareaArchives>());
        services.AddSingleton<ArchiveRetention>();
        services.AddSingleton<IArchiveUpkeep, ArchiveUpkeep>();
        services.AddSingleton<IArchiveDiffs, ArchiveDiffs>();
        services.AddSingleton<IRestoreGuard, RestoreGuard>();
        services.AddSingleton<IRestoredWorkareas, RestoredWorkareas>();
        return services;
    }
}
