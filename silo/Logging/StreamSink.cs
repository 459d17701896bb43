namespace Donmai.Silo.Logging;

/// <summary>Lines on a stream, such as standard error.</summary>
/// <param name="stream">The stream. Not owned.</param>
internal sealed class StreamSink(Stream stream) : ILogSink
{
    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> line)
    {
        stream.Write(line);
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
