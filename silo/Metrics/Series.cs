namespace Donmai.Silo.Metrics;

/// <summary>The measurements of one instrument under one label set. Safe for use by several threads.</summary>
/// <param name="bounds">Upper bounds of the buckets of a histogram, ascending; <see langword="null"/> for a single value.</param>
internal sealed class Series(double[]? bounds)
{
    private readonly long[] _counts = bounds is null ? [] : new long[bounds.Length + 1];
    private double _value;

    /// <summary>The value, or the sum of a histogram.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>Upper bounds of the buckets; empty for a single value.</summary>
    public ReadOnlySpan<double> Bounds => bounds;

    /// <summary>Replaces the value.</summary>
    public void Set(double value) => Volatile.Write(ref _value, value);

    /// <summary>Adds to the value, or to the bucket that it belongs to.</summary>
    public void Add(double value)
    {
        if (bounds is not null)
            Interlocked.Increment(ref _counts[BucketOf(value)]);
        double seen;
        do
            seen = Volatile.Read(ref _value);
        while (Interlocked.CompareExchange(ref _value, seen + value, seen) != seen);
    }

    /// <summary>How many measurements each bucket has, the last for what is above all bounds.</summary>
    public long[] Counts() => Array.ConvertAll(_counts, static count => count);

    /// <summary>The first bucket whose bound is not below the value.</summary>
    private int BucketOf(double value)
    {
        var found = Array.BinarySearch(bounds!, value);
        return found < 0 ? ~found : found;
    }
}
