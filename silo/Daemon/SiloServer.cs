using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Updates;
using Donmai.Core.Sessions;
using Donmai.Core.Workareas;
using Donmai.Daemon;
using Donmai.Grains;
using Donmai.Silo.Storage;
using Donmai.Worker.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Donmai.Silo.Daemon;

/// <summary>The silo of this machine: composition root of grains, their collaborators and their store.</summary>
internal sealed class SiloServer : IAsyncDisposable
{
    private readonly IHost _host;

    private SiloServer(IHost host) => _host = host;

    /// <summary>The grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts the silo.</summary>
    /// <param name="options">What the daemon is started with.</param>
    /// <param name="parts">What there is before the grains.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<SiloServer> Start(DaemonHostOptions options, DaemonParts parts, CancellationToken cancellationToken)
    {
        var host = Build(options, parts);
        try
        {
            await host.StartAsync(cancellationToken);
            return new SiloServer(host);
        }
        catch
        {
            await Release(host);
            throw;
        }
    }

    /// <summary>Deactivates the grains and writes the store to its end.</summary>
    public Task Stop(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Release(_host);

    private static ValueTask Release(IHost host)
    {
        if (host is IAsyncDisposable later)
            return later.DisposeAsync();
        host.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IHost Build(DaemonHostOptions options, DaemonParts parts)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var services = builder.Services;
        services.AddSingleton(parts.Logging);
        services.AddSingleton<IHostLifetime, NoSignals>();
        services.AddSingleton(options.Time);
        services.AddSingleton(options.State);
        services.AddSingleton(options.Configuration);
        services.AddSingleton<IConfigurationFile>(options.ConfigurationFile is { } file ? file : new FixedConfigurationFile(options.State));
        services.AddSingleton(HostFacts.OfThisMachine());
        services.AddSingleton(options.Worker ?? WorkerCommands.Own(options.State));
        services.AddSingleton(parts.Address);
        services.AddSingleton(parts.Program);
        services.AddSingleton(parts.Exit);
        services.AddSingleton(parts.Meter);
        services.AddSingleton(parts.Former);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort.Choose(options.SiloPort, "--silo-port"), FreePort.Choose(options.GrainPort, "--grain-port"));
            silo.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = DonmaiCluster.Id);
            silo.Configure<SiloOptions>(named => named.SiloName = options.Configuration.Current.MachineId);
            if (options.Store is GrainStore.Memory)
                silo.AddMemoryGrainStorageAsDefault();
            else
                silo.AddJournalGrainStorageAsDefault(journal =>
                {
                    journal.Directory = options.State.Journal;
                    journal.TypeInfoResolvers.Add(GrainStates.Json);
                });
        });
        services.AddSessionProcesses();
        services.AddHostedService<SessionSweep>();
        services.AddHostedService<ArchiveCare>();
        services.AddHostedService<PoolUpkeep>();
        services.AddWorkareaArchives();
        services.AddHostedService<InterruptedRestores>();
        if (options.InstalledProgram is { } installed)
            services.AddSingleton(installed);
        services.AddSelfUpdate();
        services.AddAgentRuntimes();
        services.AddDonmaiGrains();
        options.Services?.Invoke(services);
        return builder.Build();
    }
}
