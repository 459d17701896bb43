using System.Diagnostics.Metrics;
using Donmai.Core.Daemon;

namespace Donmai.Silo.Storage;

/// <summary>What is measured about the journal.</summary>
internal sealed class JournalMetrics
{
    private static readonly long[] BatchBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    private readonly Counter<long> _records;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _failures;
    private readonly Histogram<long> _batches;
    private readonly Histogram<double> _durations;

    /// <summary>Adds the instruments.</summary>
    public JournalMetrics(DaemonMeter meter)
    {
        var instruments = meter.Meter;
        _records = instruments.CreateCounter<long>("donmai.journal.records", unit: null, "Records written to the journal");
        _bytes = instruments.CreateCounter<long>("donmai.journal.written", "By", "Bytes written to the journal");
        _failures = instruments.CreateCounter<long>("donmai.journal.failures", unit: null, "Batches that the disk refused");
        _batches = instruments.CreateHistogram(
            "donmai.journal.batch.records",
            unit: null,
            "Records that became durable together",
            tags: null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = BatchBounds });
        _durations = meter.Histogram("donmai.journal.flush.duration", "Time to write a batch and make it durable", DaemonMeter.QuickBounds);
    }

    /// <summary>A batch is durable.</summary>
    public void Written(int records, long bytes, TimeSpan duration)
    {
        _records.Add(records);
        _bytes.Add(bytes);
        _batches.Record(records);
        _durations.Record(duration.TotalSeconds);
    }

    /// <summary>The disk refused a batch.</summary>
    public void Failed() => _failures.Add(1);
}
