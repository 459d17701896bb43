namespace Donmai.Core.Daemon;

/// <summary>Log and metrics (daemon-runtime.md §2.3 <c>observability</c>).</summary>
public sealed record ObservabilityConfiguration
{
    /// <summary><c>text</c> or <c>ndjson</c> (<c>logFormat</c>).</summary>
    public string LogFormat { get; init; } = "text";

    /// <summary>The daemon's log file, absolute (<c>logPath</c>); <see langword="null"/> for <c>daemon.log</c> in the state directory.</summary>
    public string? LogPath { get; init; }

    /// <summary>Port of <c>/metrics</c> on loopback, 1 to 65535 (<c>metricsPort</c>); <see langword="null"/> for none.</summary>
    public int? MetricsPort { get; init; }
}
