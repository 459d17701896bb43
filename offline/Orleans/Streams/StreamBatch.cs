namespace Orleans.Runtime;

/// <summary>A part of a sequence.</summary>
internal abstract class StreamBatch(bool isLast)
{
    /// <summary>Nothing comes after it.</summary>
    public bool IsLast { get; } = isLast;
}
