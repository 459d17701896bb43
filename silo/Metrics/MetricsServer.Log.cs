using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Metrics;

internal sealed partial class MetricsServer
{
    [LoggerMessage(EventId = 5611, Level = LogLevel.Information, Message = "Metrics are at http://127.0.0.1:{Port}/metrics")]
    private static partial void Serving(ILogger logger, int port);

    [LoggerMessage(EventId = 5612, Level = LogLevel.Warning,
        Message = "No metrics: port {Port} (observability.metricsPort) cannot be used: {Reason} Choose another port and start the daemon again")]
    private static partial void NotServing(ILogger logger, int port, string reason);
}
