using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>The caller's side of a sequence that a grain produces.</summary>
internal sealed class GrainStream<TItem>(GrainReference target, GrainStreamRequest<TItem> request) : IAsyncEnumerable<TItem>
{
    /// <summary>At most so many items come at once.</summary>
    public int BatchSize { get; set; } = 100;

    public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new GrainStreamEnumerator<TItem>(target, request, BatchSize, cancellationToken);
}
