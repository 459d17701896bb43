using System.Net;
using System.Net.Sockets;
using Donmai.Engine.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Donmai.Engine.Tests.Remote;

/// <summary>A silo with a gateway port, and clients that reach it over TCP.</summary>
internal sealed class RemoteSilo : IAsyncDisposable
{
    private readonly List<IHost> _clients = [];
    private readonly IHost _silo;

    private RemoteSilo(IHost silo, int siloPort, int gatewayPort)
    {
        _silo = silo;
        SiloPort = siloPort;
        GatewayPort = gatewayPort;
    }

    public int SiloPort { get; }

    public int GatewayPort { get; }

    public Witness Witness => _silo.Services.GetRequiredService<Witness>();

    public IServiceProvider Services => _silo.Services;

    public static async Task<RemoteSilo> Start(int? siloPort = null, int? gatewayPort = null)
    {
        var ports = FreePorts();
        var silo = Build(siloPort ?? ports.First, gatewayPort ?? ports.Second);
        await silo.StartAsync();
        return new RemoteSilo(silo, siloPort ?? ports.First, gatewayPort ?? ports.Second);
    }

    public static IHost Build(int siloPort, int gatewayPort)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Witness>();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(siloPort, gatewayPort)
            .AddMemoryGrainStorageAsDefault()
            .AddMemoryGrainStorage("other"));
        return builder.Build();
    }

    public static (int First, int Second) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    public async Task<IClusterClient> Connect(int? gatewayPort = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .UseLocalhostClustering(gatewayPort ?? GatewayPort)
            .UseConnectionRetryFilter((_, _) => Task.FromResult(false))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10)));
        var host = builder.Build();
        _clients.Add(host);
        await host.StartAsync();
        return host.Services.GetRequiredService<IClusterClient>();
    }

    public async Task StopSilo() => await _silo.StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.StopAsync();
            client.Dispose();
        }

        await _silo.StopAsync();
        _silo.Dispose();
    }
}
