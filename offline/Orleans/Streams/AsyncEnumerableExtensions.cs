namespace Orleans.Runtime;

/// <summary>Settings of a sequence that a grain returns.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>At most so many items come at once; 100 unless said otherwise.</summary>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);
        if (self is GrainStream<T> stream)
        {
            stream.BatchSize = maxBatchSize;
        }

        return self;
    }
}
