using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Logging;

/// <summary>One entry, complete: whoever logged it may change or dispose of everything that it was made from.</summary>
internal sealed record LogEntry
{
    /// <summary>When it was logged.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How important it is.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>Who logged it.</summary>
    public required string Category { get; init; }

    /// <summary>Number of the kind of entry; 0 when it has none.</summary>
    public int EventId { get; init; }

    /// <summary>The words.</summary>
    public required string Message { get; init; }

    /// <summary>The named values of the message and of the scopes around it.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Fields { get; init; } = [];

    /// <summary>Scopes that are mere words, outermost first.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>What went wrong, with where.</summary>
    public string? Exception { get; init; }

    /// <summary>The trace it belongs to (W3C, 32 hex digits).</summary>
    public string? TraceId { get; init; }

    /// <summary>The step of the trace it belongs to (W3C, 16 hex digits).</summary>
    public string? SpanId { get; init; }
}
