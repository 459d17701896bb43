namespace Donmai.Worker.Platform;

/// <summary>How long tool uses take: from when one was told to when its result was (platform-api.md §10.2). Remembers the latest ones only.</summary>
internal sealed class ToolUseClock
{
    private const int Capacity = 1024;
    private const int LongestId = 256;

    private readonly Dictionary<string, DateTimeOffset> _begun = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>A tool use begins.</summary>
    public void Begin(string? toolUseId, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(toolUseId) || toolUseId.Length > LongestId)
            return;
        if (_begun.TryAdd(toolUseId, now))
            _order.Enqueue(toolUseId);
        else
            _begun[toolUseId] = now;
        while (_order.Count > Capacity)
            _begun.Remove(_order.Dequeue());
    }

    /// <summary>A tool use has ended.</summary>
    /// <returns>Milliseconds it took; 0 when its beginning is not known.</returns>
    public long End(string? toolUseId, DateTimeOffset now) =>
        toolUseId is not null && _begun.Remove(toolUseId, out var begun) ? Math.Max(0, (long)(now - begun).TotalMilliseconds) : 0;
}
