using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>The services of a silo.</summary>
internal static class SiloServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        if (!services.Any(service => service.ServiceType == typeof(SiloRuntime)))
        {
            services.AddLogging();
            services.AddOptions();
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, _) => provider.GetRequiredService<TimeProvider>());
            services.AddSingleton<SiloRuntime>();
            services.AddSingleton<LocalSilo>();
            services.AddSingleton<ILocalSiloDetails>(provider => provider.GetRequiredService<LocalSilo>());
            services.AddSingleton(provider => new ClusterClient(provider.GetRequiredService<SiloRuntime>().Caller, provider));
            services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddSingleton<IGrainRuntime, GrainRuntime>();
            services.AddSingleton<ActivationCollector>();
            services.AddSingleton<Gateway>();
            services.AddSingleton<IHostedService, SiloService>();
        }

        configure(new SiloBuilder(services, configuration));
    }
}
