namespace Donmai.Silo.Metrics;

/// <summary>What the values of a metric mean.</summary>
internal enum MetricKind
{
    /// <summary>Grows only.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts measurements in buckets.</summary>
    Histogram,
}
