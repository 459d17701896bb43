using Donmai.Core.Daemon;
using Donmai.Core.Workareas;
using Donmai.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Donmai.Core.Providers;

/// <summary>Registers what a machine runs sessions with.</summary>
public static class ProviderRegistration
{
    private const string LocalPool = "local-pool";

    /// <summary>
    /// Adds <see cref="ProviderRegistry"/>, <see cref="IProviderCatalog"/> and <see cref="IMachineCapabilities"/>. The host adds
    /// <see cref="IAgentRuntimes"/>, the configuration, the worker command and <see cref="ProgramIdentity"/>.
    /// </summary>
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static _ => HostEnvironment.OfThisProcess());
        services.TryAddSingleton<WorktreeVolume>();
        services.TryAddSingleton<ProviderProbes>();
        services.TryAddSingleton<GitProvider>();
        services.TryAddSingleton<IProviderCatalog, ProviderCatalog>();
        services.TryAddSingleton<ProviderRegistry>();
        services.AddSingleton<IProviderFamily, AgentRuntimeFamily>();
        services.AddSingleton<IProviderFamily>(static provider => Single(
            provider, ProviderFamilies.Sandbox, LocalSandbox.Id, static _ => Task.FromResult(new ProviderFinding(ProviderHealth.Ready, Version: null))));
        services.AddSingleton<IProviderFamily>(static provider =>
        {
            var volume = provider.GetRequiredService<WorktreeVolume>();
            return Single(provider, ProviderFamilies.Workarea, LocalPool, _ => Task.Run(() => volume.Refusal() is { } refusal
                ? new ProviderFinding(ProviderHealth.Unhealthy, Version: null, refusal)
                : new ProviderFinding(ProviderHealth.Ready, Version: null)));
        });
        services.AddSingleton<IProviderFamily>(static provider =>
        {
            var (probes, git) = (provider.GetRequiredService<ProviderProbes>(), provider.GetRequiredService<GitProvider>());
            return Single(provider, ProviderFamilies.Vcs, GitProvider.Id, refresh => probes.Look(git, refresh), source: "local", () => probes.Where(git));
        });
        services.TryAddSingleton(static provider => MachineCapabilities.DetectionFor(
            provider.GetRequiredService<HostEnvironment>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IMachineCapabilities, MachineCapabilities>();
        return services;
    }

    private static SingleProviderFamily Single(
        IServiceProvider provider, string family, string id, Func<bool, Task<ProviderFinding>> look, string source = "bundled",
        Func<string?>? where = null) =>
        new(family, id, provider.GetRequiredService<ProgramIdentity>().Version, look, source, where);
}
