using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>The services of a client.</summary>
internal static class ClientServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration, Action<IClientBuilder> configure)
    {
        if (!services.Any(service => service.ServiceType == typeof(RemoteCaller)))
        {
            services.AddLogging();
            services.AddOptions();
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, _) => provider.GetRequiredService<TimeProvider>());
            services.AddSingleton<RemoteCaller>();
            services.AddSingleton(provider => new ClusterClient(provider.GetRequiredService<RemoteCaller>(), provider));
            services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddSingleton<IHostedService, ClientService>();
        }

        configure(new ClientBuilder(services, configuration));
    }
}
