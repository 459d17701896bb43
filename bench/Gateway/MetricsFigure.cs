using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Donmai.Bench.Gateway;

/// <summary>Answers a second of <c>GET /api/daemon/status</c> to 64 connections with metrics, against the same daemon without them.</summary>
internal sealed class MetricsFigure : IFigure
{
    private const string StatusPath = "/api/daemon/status";
    private const int Connections = 64;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "metrics";

    /// <inheritdoc/>
    public string Summary => "GET /api/daemon/status answers/s to 64 connections while metrics are collected, against a daemon without metrics";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation)
    {
        using var measuredState = new ScratchDirectory("metrics");
        using var plainState = new ScratchDirectory("no-metrics");
        var configuration = Path.Combine(measuredState.Path, "daemon.yaml");
        await File.WriteAllTextAsync(
            configuration,
            $"machine: {{ id: bench }}\norchestrator: {{ url: \"file://{measuredState.Path}/queue\" }}\nobservability: {{ metricsPort: {FreePort()} }}\n",
            cancellation);
        await using var measured = await RunningServer.StartReadyDaemon(measuredState.Path);
        await using var plain = await RunningServer.StartReadyDaemon(plainState.Path);

        var (ours, baseline) = await Rounds.Measure(
            5,
            async () => (await RequestLoop.Measure(measured.Address, StatusPath, Connections, Slice)).PerSecond,
            async () => (await RequestLoop.Measure(plain.Address, StatusPath, Connections, Slice)).PerSecond);
        return [new FigureResult("GET /api/daemon/status with metrics, 64 connections", ours, baseline, "/s", 0.95, FigureLimit.AtLeast)];
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
