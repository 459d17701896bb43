using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Donmai.Client;

/// <summary>
/// The grains of a running daemon for another .NET program, over the silo's gateway port (architecture.md §3): sessions, work areas,
/// routing, by the same interfaces and with the same exceptions as inside.
/// </summary>
public sealed class GrainClient : IAsyncDisposable
{
    private readonly IHost _host;

    private GrainClient(IHost host)
    {
        _host = host;
        Grains = host.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>Gives references to grains.</summary>
    public IClusterClient Grains { get; }

    /// <summary>Connects to the silo of this machine at <paramref name="gatewayPort"/>.</summary>
    /// <exception cref="GatewayUnreachableException">Nothing answers there.</exception>
    public static Task<GrainClient> ConnectAsync(int gatewayPort = GrainClientOptions.DefaultGatewayPort, CancellationToken cancellationToken = default) =>
        ConnectAsync(new GrainClientOptions { Gateway = new IPEndPoint(IPAddress.Loopback, gatewayPort) }, cancellationToken);

    /// <summary>Connects with these options.</summary>
    /// <exception cref="GatewayUnreachableException">Nothing answers there.</exception>
    public static async Task<GrainClient> ConnectAsync(GrainClientOptions options, CancellationToken cancellationToken = default)
    {
        var host = Engine(options); // before the limit: it takes this machine's time, not the silo's
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            await Knock(options.Gateway, limit.Token);
            await host.StartAsync(limit.Token);
            return new GrainClient(host);
        }
        catch (Exception problem)
        {
            host.Dispose();
            if (problem is not (SocketException or OrleansException or OperationCanceledException))
                throw;
            cancellationToken.ThrowIfCancellationRequested();
            var reason = limit.IsCancellationRequested ? $"no answer within {options.ConnectTimeout.TotalSeconds:0.#} s" : problem.Message;
            throw new GatewayUnreachableException(options.Gateway, reason, problem);
        }
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    // The engine's client keeps trying where nothing listens; a person wants to be told.
    private static async Task Knock(IPEndPoint gateway, CancellationToken cancellationToken)
    {
        using var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway, cancellationToken);
    }

    private static IHost Engine(GrainClientOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleansClient(client => client
            .UseStaticClustering([options.Gateway])
            .Configure<ClusterOptions>(cluster =>
            {
                cluster.ClusterId = options.ClusterId;
                cluster.ServiceId = options.ServiceId;
            }));
        return builder.Build();
    }
}
