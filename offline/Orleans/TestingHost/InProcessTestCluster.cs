using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo and a client for tests, in this process, without a port.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _silos = [];
    private ServiceProvider? _clientServices;
    private ClusterClient? _client;

    internal InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    public InProcessTestClusterOptions Options { get; }

    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.AsReadOnly();

    public IClusterClient Client => _client ?? throw new InvalidOperationException("The test cluster is not deployed.");

    public async Task DeployAsync()
    {
        _silos.Add(await StartSilo());
        if (Options.InitializeClientOnDeploy)
        {
            await InitializeClientAsync();
        }
    }

    /// <summary>The client has services and filters of its own, and the silo's calls.</summary>
    public async Task InitializeClientAsync()
    {
        await StopClusterClientAsync();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        foreach (var configure in Options.ClientHostConfigurationDelegates)
        {
            configure(builder);
        }

        _clientServices = builder.Services.BuildServiceProvider();
        var silo = Silo.SiloHost.Services.GetRequiredService<SiloRuntime>();
        _client = new ClusterClient(new LocalCaller(silo, _clientServices.GetServices<IOutgoingGrainCallFilter>()), _clientServices);
    }

    public async Task StopClusterClientAsync()
    {
        _client = null;
        if (_clientServices is not null)
        {
            await _clientServices.DisposeAsync();
            _clientServices = null;
        }
    }

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => Silo.ServiceProvider;

    public bool TryGetGrainContext(GrainId grainId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IGrainContext? grainContext)
    {
        grainContext = Silo.ServiceProvider.GetRequiredService<SiloRuntime>().Directory.Find(grainId);
        return grainContext is not null;
    }

    public Task WaitForDeactivationAsync(IAddressable grain) => WaitForDeactivationAsync(grain.GetGrainId());

    public Task WaitForDeactivationAsync(GrainId grainId) => TryGetGrainContext(grainId, out var context) ? context.Deactivated : Task.CompletedTask;

    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    public async Task DeactivateAsync(GrainId grainId)
    {
        if (TryGetGrainContext(grainId, out var context))
        {
            context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "a test asked for it"));
            await context.Deactivated;
        }
    }

    public async Task<InProcessSiloHandle> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await instance.DisposeAsync();
        _silos.Remove(instance);
        _silos.Add(await StartSilo());
        await InitializeClientAsync();
        return Silo;
    }

    public Task StopSiloAsync(InProcessSiloHandle instance) => instance.StopSiloAsync(stopGracefully: true);

    public Task KillSiloAsync(InProcessSiloHandle instance) => instance.StopSiloAsync(stopGracefully: false);

    public async Task StopAllSilosAsync()
    {
        await StopClusterClientAsync();
        foreach (var silo in _silos)
        {
            await silo.StopSiloAsync(stopGracefully: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopClusterClientAsync();
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _clientServices?.Dispose();
        _silos.ForEach(silo => silo.Dispose());
    }

    private InProcessSiloHandle Silo => _silos.Find(silo => silo.IsActive) ?? throw new InvalidOperationException("No silo of the test cluster runs.");

    private Task<InProcessSiloHandle> StartSilo()
    {
        var own = new InProcessTestSiloSpecificOptions { SiloName = $"Silo_{_silos.Count}" };
        return InProcessSiloHandle.Start(own.SiloName, builder =>
        {
            builder.UseOrleans(silo => silo
                .UseLocalhostClustering(own.SiloPort, own.GatewayPort, serviceId: Options.ServiceId, clusterId: Options.ClusterId)
                .Configure<SiloOptions>(options => options.SiloName = own.SiloName));
            foreach (var configure in Options.SiloHostConfigurationDelegates)
            {
                configure(own, builder);
            }
        });
    }
}
