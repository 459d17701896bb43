namespace Orleans.Runtime;

/// <inheritdoc/>
internal sealed class StreamBatch<TItem>(List<TItem> items, bool isLast) : StreamBatch(isLast)
{
    /// <summary>Empty if nothing has come for a while.</summary>
    public List<TItem> Items { get; } = items;
}
