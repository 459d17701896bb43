namespace Donmai.Silo.Logging;

/// <summary>How an entry is written (daemon-runtime.md §2.3 <c>observability.logFormat</c>).</summary>
public enum LogFormat
{
    /// <summary>One line for people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}
