using System.Runtime.CompilerServices;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Silo.Daemon;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Donmai.Cli.Daemon;

/// <summary>
/// Sends what this process measures and traces to an OpenTelemetry collector, as the usual variables say (docs/observability.md). Without them
/// nothing of it is even loaded.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string TracesExporter = "OTEL_TRACES_EXPORTER";
    private const string MetricsExporter = "OTEL_METRICS_EXPORTER";
    private const string None = "none";

    /// <summary>The runtime's own source: requests to other processes, which the steps there are children of.</summary>
    private const string Requests = "System.Net.Http";

    /// <summary>A collector that does not answer must not hold up the end of a process.</summary>
    private const int LastWordsMilliseconds = 2000;

    private readonly List<IDisposable> _providers = [];

    private TelemetryExport()
    {
    }

    /// <summary>Begins to export; <see langword="null"/> when the environment names no collector.</summary>
    /// <param name="service">Name of the service, unless the environment names one.</param>
    /// <param name="measures">Whether this process has metrics worth a collector's while.</param>
    public static TelemetryExport? FromEnvironment(string service, bool measures)
    {
        var traces = IsWanted(TracesEndpoint, TracesExporter);
        var metrics = measures && IsWanted(MetricsEndpoint, MetricsExporter);
        return traces || metrics ? Begin(service, traces, metrics) : null;
    }

    /// <summary>Sends what is left, as far as that is quick.</summary>
    public void Dispose()
    {
        foreach (var provider in _providers)
        {
            Finish(provider);
            provider.Dispose();
        }
    }

    private static bool IsWanted(string endpoint, string exporter) =>
        (IsSet(Endpoint) || IsSet(endpoint)) && Environment.GetEnvironmentVariable(exporter) != None;

    private static bool IsSet(string name) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name));

    // A method of its own: it is what loads the libraries.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TelemetryExport Begin(string service, bool traces, bool metrics)
    {
        var export = new TelemetryExport();
        var resource = ResourceBuilder.CreateEmpty().AddService(service, serviceVersion: EngineName.Identify().Version).AddTelemetrySdk().AddEnvironmentVariableDetector();
        if (traces)
            export._providers.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(SessionTrace.SourceName, Requests).AddOtlpExporter().Build());
        if (metrics)
        {
            export._providers.Add(Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(DaemonMeter.Name, "System.Runtime")
                .AddOtlpExporter()
                .Build());
        }

        return export;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Finish(IDisposable provider)
    {
        if (provider is TracerProvider tracer)
            tracer.Shutdown(LastWordsMilliseconds);
        else if (provider is MeterProvider meter)
            meter.Shutdown(LastWordsMilliseconds);
    }
}
