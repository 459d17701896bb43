using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Donmai.Engine.Tests.Cluster;

/// <summary>A test cluster of one silo with everything the suite needs.</summary>
internal sealed class EngineCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private EngineCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IClusterClient Client => _cluster.Client;

    public InProcessTestCluster Inner => _cluster;

    public Witness Witness => Services.GetRequiredService<Witness>();

    public IServiceProvider Services => _cluster.GetSiloServiceProvider();

    public static async Task<EngineCluster> Start(Action<ISiloBuilder>? configure = null, Action<IClientBuilder>? configureClient = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<Witness>();
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("other");
            silo.UseInMemoryReminderService();
            silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(100));
            configure?.Invoke(silo);
        });
        if (configureClient is not null)
        {
            builder.ConfigureClient(configureClient);
        }

        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new EngineCluster(cluster);
    }

    /// <summary>A cluster whose grains live by the given clock; what only keeps the silo going has the system's.</summary>
    public static Task<EngineCluster> StartAt(TimeProvider clock, Action<ISiloBuilder>? configure = null) => Start(silo =>
    {
        silo.Services.AddSingleton(clock);
        foreach (var key in (string[])[TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.Membership, TimeProviderNames.GrainDirectory])
        {
            silo.Services.AddKeyedSingleton(key, TimeProvider.System);
        }

        configure?.Invoke(silo);
    });

    /// <summary>A cluster whose callers give up after the given time.</summary>
    public static Task<EngineCluster> StartWithTimeout(TimeSpan timeout) => Start(
        silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = timeout),
        client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = timeout));

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => Client.GetGrain<T>(key);

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}
