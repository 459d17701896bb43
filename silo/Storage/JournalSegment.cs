namespace Donmai.Silo.Storage;

/// <summary>One open file of a journal.</summary>
/// <param name="file">The file.</param>
/// <param name="path">Its path.</param>
/// <param name="number">Its number, counting from 1.</param>
/// <param name="baseSequence">Log: sequence of the last record before it. Snapshot: of the last record that it stands for.</param>
internal sealed class JournalSegment(IJournalFile file, string path, long number, long baseSequence) : IDisposable
{
    private long _length;

    /// <summary>The file.</summary>
    public IJournalFile File { get; } = file;

    /// <summary>The file's path.</summary>
    public string Path { get; } = path;

    /// <summary>The file's number.</summary>
    public long Number { get; } = number;

    /// <summary>Log: sequence of the last record before it. Snapshot: of the last record that it stands for.</summary>
    public long BaseSequence { get; } = baseSequence;

    /// <summary>Length of header and acknowledged records, in bytes.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    /// <summary>Closes the file. Reads in progress end first; later ones are refused.</summary>
    public void Dispose() => File.Dispose();
}
