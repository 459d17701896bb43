using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <inheritdoc/>
internal sealed class LocalSilo : ILocalSiloDetails
{
    /// <summary>Generations count seconds since then.</summary>
    private static readonly DateTimeOffset FirstGeneration = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public LocalSilo(IOptions<SiloOptions> silo, IOptions<ClusterOptions> cluster, IOptions<EndpointOptions> endpoints, TimeProvider clock)
    {
        var generation = (int)(clock.GetUtcNow() - FirstGeneration).TotalSeconds;
        SiloAddress = SiloAddress.New(IPAddress.Loopback, endpoints.Value.SiloPort, generation);
        GatewayAddress = SiloAddress.New(IPAddress.Loopback, endpoints.Value.GatewayPort, generation);
        Name = silo.Value.SiloName is { Length: > 0 } name ? name : $"Silo_{SiloAddress.Endpoint.Port}";
        ClusterId = cluster.Value.ClusterId;
    }

    public string Name { get; }

    public string ClusterId { get; }

    public string DnsHostName { get; } = "localhost";

    public SiloAddress SiloAddress { get; }

    public SiloAddress GatewayAddress { get; }
}
