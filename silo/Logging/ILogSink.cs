namespace Donmai.Silo.Logging;

/// <summary>Where lines go.</summary>
internal interface ILogSink : IDisposable
{
    /// <summary>Writes one line, whole or not at all.</summary>
    /// <exception cref="IOException">It was not written; the next one may be.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    void Write(ReadOnlySpan<byte> line);
}
