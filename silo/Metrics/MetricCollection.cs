using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Donmai.Core.Daemon;

namespace Donmai.Silo.Metrics;

/// <summary>Collects what one daemon measures, and what the runtime measures about the process.</summary>
internal sealed class MetricCollection : IDisposable
{
    private const string Runtime = "System.Runtime";

    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _observing = new();

    /// <summary>Begins to collect.</summary>
    public MetricCollection(DaemonMeter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter.Meter) || instrument.Meter.Name == Runtime)
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, static instrument => new Metric(instrument)));
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, labels, metric) => ((Metric)metric!).Take(value, labels));
        _listener.SetMeasurementEventCallback<long>(static (_, value, labels, metric) => ((Metric)metric!).Take(value, labels));
        _listener.SetMeasurementEventCallback<int>(static (_, value, labels, metric) => ((Metric)metric!).Take(value, labels));
        _listener.Start();
    }

    /// <summary>The state of all metrics now, in Prometheus's text format.</summary>
    public string Read()
    {
        lock (_observing)
        {
            foreach (var metric in _metrics.Values)
                metric.BeginObservation();
            _listener.RecordObservableInstruments();
            var text = new PrometheusText();
            foreach (var metric in _metrics.Values.OrderBy(static metric => metric.Instrument.Name, StringComparer.Ordinal))
                text.Write(metric);
            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
