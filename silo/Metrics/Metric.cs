using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Donmai.Silo.Metrics;

/// <summary>One instrument and what it has measured.</summary>
internal sealed class Metric
{
    private static readonly double[] UsualBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series> _series = new(new Labels());
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly double[]? _bounds;
    private readonly bool _isAbsolute;

    /// <summary>Begins to collect.</summary>
    public Metric(Instrument instrument)
    {
        Instrument = instrument;
        Kind = KindOf(instrument.GetType().GetGenericTypeDefinition());
        _bounds = Kind is MetricKind.Histogram ? BoundsOf(instrument) : null;
        _isAbsolute = instrument.IsObservable || Kind is MetricKind.Gauge && instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
        _lookup = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>What its values mean.</summary>
    public MetricKind Kind { get; }

    /// <summary>What it has measured, by label set.</summary>
    public IEnumerable<KeyValuePair<KeyValuePair<string, object?>[], Series>> Series => _series;

    /// <summary>Takes a measurement.</summary>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (!_lookup.TryGetValue(labels, out var series))
            series = _series.GetOrAdd(labels.ToArray(), static (_, bounds) => new Series(bounds), _bounds);
        if (_isAbsolute)
            series.Set(value);
        else
            series.Add(value);
    }

    /// <summary>What is observed is observed whole, each time anew.</summary>
    public void BeginObservation()
    {
        if (Instrument.IsObservable)
            _series.Clear();
    }

    private static MetricKind KindOf(Type instrument)
    {
        if (instrument == typeof(Counter<>) || instrument == typeof(ObservableCounter<>))
            return MetricKind.Counter;
        return instrument == typeof(Histogram<>) ? MetricKind.Histogram : MetricKind.Gauge;
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(static bound => (double)bound)],
        _ => UsualBounds,
    };
}
