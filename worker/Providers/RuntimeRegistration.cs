using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Donmai.Worker.Providers;

/// <summary>Tells the daemon what its worker can drive.</summary>
public static class RuntimeRegistration
{
    /// <summary>Adds <see cref="IAgentRuntimes"/>. The host adds the worker command, the state directory, the configuration, its environment and the clock.</summary>
    public static IServiceCollection AddAgentRuntimes(this IServiceCollection services) => services.AddSingleton<IAgentRuntimes>(static provider =>
        provider.GetRequiredService<WorkerCommand>().IsOwnWorker
            ? new BundledRuntimes(
                provider.GetRequiredService<StateDirectory>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<HostEnvironment>(),
                provider.GetRequiredService<IDaemonConfiguration>())
            : new NoRuntimes());
}
