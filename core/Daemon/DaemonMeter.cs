using System.Diagnostics.Metrics;

namespace Donmai.Core.Daemon;

/// <summary>
/// What a daemon measures (daemon-runtime.md §15.3), under one meter that rooms add their instruments to. Nothing is computed while nobody
/// listens. A process can have several daemons, so the meter belongs to one.
/// </summary>
public sealed class DaemonMeter : IDisposable
{
    /// <summary>Name of the meter, for whoever exports it.</summary>
    public const string Name = "Donmai";

    /// <summary>Bounds, in seconds, of what takes milliseconds: requests, flushes, starts of processes.</summary>
    public static readonly IReadOnlyList<double> QuickBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>Bounds, in seconds, of what takes minutes: sessions, drains.</summary>
    public static readonly IReadOnlyList<double> SlowBounds = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800];

    private readonly Histogram<double> _drains;

    /// <summary>Creates the meter.</summary>
    public DaemonMeter()
    {
        Meter = new Meter(new MeterOptions(Name) { Scope = this });
        _drains = Histogram("donmai.drain.duration", "Time from the begin of a drain to its end", SlowBounds);
    }

    /// <summary>The meter. Its scope is this object.</summary>
    public Meter Meter { get; }

    /// <summary>Says what runs.</summary>
    public void Describe(ProgramIdentity program) => Meter.CreateObservableGauge(
        "donmai.info",
        () => new Measurement<long>(1, new("version", program.Version), new("engine", program.Engine)),
        unit: null,
        "What runs; always 1");

    /// <summary>A drain has ended.</summary>
    /// <param name="duration">How long it took.</param>
    public void Drained(TimeSpan duration) => _drains.Record(duration.TotalSeconds);

    /// <summary>An instrument for durations.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it tells.</param>
    /// <param name="bounds">Upper bounds of its buckets, in seconds.</param>
    public Histogram<double> Histogram(string name, string description, IReadOnlyList<double> bounds) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
