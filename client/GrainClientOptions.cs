using System.Net;
using Donmai.Daemon;

namespace Donmai.Client;

/// <summary>How a <see cref="GrainClient"/> reaches a silo.</summary>
public sealed record GrainClientOptions
{
    /// <summary>Gateway port of a silo that was started without options.</summary>
    public const int DefaultGatewayPort = 30000;

    /// <summary>Gateway of the silo (<c>daemon run --grain-port</c>).</summary>
    public IPEndPoint Gateway { get; init; } = new(IPAddress.Loopback, DefaultGatewayPort);

    /// <summary>Cluster the silo belongs to.</summary>
    public string ClusterId { get; init; } = DonmaiCluster.Id;

    /// <summary>Service the silo belongs to.</summary>
    public string ServiceId { get; init; } = DonmaiCluster.Id;

    /// <summary>Longest wait for a silo that is there to answer; where nothing listens nobody waits. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
