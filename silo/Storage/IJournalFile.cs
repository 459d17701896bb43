namespace Donmai.Silo.Storage;

/// <summary>An open file of a journal.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Current length, in bytes.</summary>
    long Length { get; }

    /// <summary>Reads up to the end of <paramref name="buffer"/> or of the file; returns the number of bytes read.</summary>
    /// <exception cref="ObjectDisposedException">The file was closed because a snapshot replaced it.</exception>
    int Read(Span<byte> buffer, long offset);

    /// <inheritdoc cref="Read"/>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation);

    /// <summary>Writes <paramref name="parts"/> one after the other from <paramref name="offset"/> on. They need not survive a power cut yet.</summary>
    /// <exception cref="IOException">Nothing, a part or everything was written.</exception>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset);

    /// <summary>Cuts the file to <paramref name="length"/> bytes.</summary>
    void Truncate(long length);

    /// <summary>Returns when everything written survives a power cut.</summary>
    /// <exception cref="IOException">It is unknown what survives; asking again proves nothing.</exception>
    void Flush();
}
