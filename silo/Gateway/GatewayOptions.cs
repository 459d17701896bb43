using System.Net;
using Donmai.Core.Daemon;

namespace Donmai.Silo.Gateway;

/// <summary>What the gateway is made of.</summary>
internal sealed record GatewayOptions
{
    /// <summary>Address to listen on.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Port; 0 lets the kernel choose.</summary>
    public required int Port { get; init; }

    /// <summary>Where the Unix domain socket and the control token are.</summary>
    public required StateDirectory State { get; init; }

    /// <summary>The daemon's configuration.</summary>
    public required IDaemonConfiguration Configuration { get; init; }

    /// <summary>What runs.</summary>
    public required ProgramIdentity Program { get; init; }

    /// <summary>What is measured.</summary>
    public required DaemonMeter Meter { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
