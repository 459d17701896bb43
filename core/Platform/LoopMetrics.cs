using System.Diagnostics.Metrics;
using Donmai.Core.Daemon;

namespace Donmai.Core.Platform;

/// <summary>What is measured about heartbeat, poll and the work they bring (daemon-runtime.md §15.3).</summary>
public sealed class LoopMetrics
{
    private static readonly KeyValuePair<string, object?> Succeeded = new("outcome", "ok");
    private static readonly KeyValuePair<string, object?> Failed = new("outcome", "failed");

    private readonly Histogram<double> _heartbeats;
    private readonly Histogram<double> _polls;
    private readonly Counter<long> _items;
    private readonly Counter<long> _returned;

    /// <summary>Adds the instruments.</summary>
    public LoopMetrics(DaemonMeter meter)
    {
        _heartbeats = meter.Histogram("donmai.heartbeat.duration", "Time until the platform has answered a heartbeat, by outcome", DaemonMeter.QuickBounds);
        _polls = meter.Histogram("donmai.poll.duration", "Time until the platform has answered a poll, by outcome", DaemonMeter.QuickBounds);
        _items = meter.Meter.CreateCounter<long>("donmai.work.items", unit: null, "Work items that the platform has sent, by what became of them");
        _returned = meter.Meter.CreateCounter<long>("donmai.work.returned", unit: null, "Work items given back to the platform, by whether it took them");
    }

    /// <summary>A heartbeat was answered, or not.</summary>
    public void Beat(TimeSpan duration, bool succeeded) => _heartbeats.Record(duration.TotalSeconds, succeeded ? Succeeded : Failed);

    /// <summary>A poll was answered, or not.</summary>
    public void Poll(TimeSpan duration, bool succeeded) => _polls.Record(duration.TotalSeconds, succeeded ? Succeeded : Failed);

    /// <summary>What became of a work item.</summary>
    /// <param name="outcome"><c>accepted</c>, <c>repeated</c>, or a word of <see cref="NackReason"/>.</param>
    public void Item(string outcome) => _items.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A work item was given back, or could not be.</summary>
    public void Returned(bool succeeded) => _returned.Add(1, succeeded ? Succeeded : Failed);
}
