using Donmai.Core.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Donmai.Core.Platform;

/// <summary>Registers the calls to the orchestrator.</summary>
public static class PlatformClientRegistration
{
    /// <summary>Name of the daemon's connections.</summary>
    public const string ClientName = "platform";

    /// <summary>Adds <see cref="PlatformClient"/>. The host adds <see cref="ProgramIdentity"/>.</summary>
    public static IServiceCollection AddPlatformClient(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(ClientName)
            .ConfigureHttpClient(static (services, client) =>
                PlatformTransport.Introduce(client, $"rensei-daemon/{services.GetRequiredService<ProgramIdentity>().Version}"))
            .ConfigurePrimaryHttpMessageHandler(PlatformTransport.Connections)
            .AddHttpMessageHandler(static () => new PlatformTransport())
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // connections are replaced by themselves
            .RemoveAllLoggers(); // they would write headers
        services.TryAddSingleton(static services => new PlatformClient(
            services.GetRequiredService<IHttpClientFactory>(), ClientName, services.GetRequiredService<TimeProvider>()));
        return services;
    }
}
