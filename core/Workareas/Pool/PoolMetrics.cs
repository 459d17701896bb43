using System.Diagnostics.Metrics;
using Donmai.Core.Daemon;
using Donmai.Workareas;

namespace Donmai.Core.Workareas.Pool;

/// <summary>What is measured about the pool.</summary>
public sealed class PoolMetrics
{
    private const long BytesPerMebibyte = 1024 * 1024;

    private readonly Counter<long> _acquired;
    private readonly Counter<long> _evicted;
    private readonly Counter<long> _failed;
    private PoolStats _pool = new();

    /// <summary>Adds the instruments.</summary>
    /// <param name="meter">The daemon's meter.</param>
    public PoolMetrics(DaemonMeter meter)
    {
        var instruments = meter.Meter;
        _acquired = instruments.CreateCounter<long>("donmai.pool.acquired", unit: null, "Work areas acquired, by how the tree is come by");
        _evicted = instruments.CreateCounter<long>("donmai.pool.evicted", unit: null, "Members of the pool that were removed, by reason");
        _failed = instruments.CreateCounter<long>("donmai.pool.failures", unit: null, "Work on members of the pool that failed");
        instruments.CreateObservableGauge("donmai.pool.members", CountMembers, unit: null, "Members of the pool, by status");
        instruments.CreateObservableGauge("donmai.pool.disk", () => Volatile.Read(ref _pool).TotalDiskUsageMb * BytesPerMebibyte, "By", "Disk that the pool takes");
    }

    /// <summary>A session has its work area.</summary>
    /// <param name="path">How its tree is come by (<see cref="AcquirePath"/>).</param>
    public void Acquired(string path) => _acquired.Add(1, new KeyValuePair<string, object?>("path", path));

    /// <summary>Members are being removed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="reason"><c>asked</c>, <c>disk</c>, <c>damaged</c> or <c>unused</c>.</param>
    public void Evicted(int count, string reason) => _evicted.Add(count, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Work on a member failed.</summary>
    public void Failed() => _failed.Add(1);

    /// <summary>The pool looks like this now.</summary>
    public void Looks(PoolStats pool) => Volatile.Write(ref _pool, pool);

    private IEnumerable<Measurement<long>> CountMembers() => Volatile.Read(ref _pool).Members
        .GroupBy(static member => member.Status, StringComparer.Ordinal)
        .Select(static members => new Measurement<long>(members.Count(), new KeyValuePair<string, object?>("status", members.Key)));
}
