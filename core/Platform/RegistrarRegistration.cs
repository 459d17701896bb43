using Donmai.Core.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Donmai.Core.Platform;

/// <summary>Registers what a daemon registers itself with.</summary>
public static class RegistrarRegistration
{
    /// <summary>
    /// Adds <see cref="PlatformClient"/> and <see cref="Registrar"/>. The host adds the state directory, the configuration, <see cref="ProgramIdentity"/>
    /// and <see cref="IMachineCapabilities"/>.
    /// </summary>
    public static IServiceCollection AddRegistrar(this IServiceCollection services)
    {
        services.TryAddSingleton(HostFacts.OfThisMachine());
        services.TryAddSingleton(DaemonVariables.OfThisProcess());
        services.TryAddSingleton<RegistrationCache>();
        services.TryAddSingleton<Registrar>();
        return services.AddPlatformClient();
    }
}
