namespace Donmai.Silo.Storage;

/// <summary>
/// Records that had been acknowledged cannot be read back: a file of the journal was changed, cut or lost after it was written.
/// Nothing is repaired silently, because an older value of the lost states would come back as if it were the current one.
/// </summary>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="path">The damaged file.</param>
/// <param name="offset">Where in the file the damage begins, in bytes.</param>
public sealed class JournalDamagedException(string message, string path, long offset) : IOException(message)
{
    /// <summary>The damaged file.</summary>
    public string Path { get; } = path;

    /// <summary>Where in the file the damage begins, in bytes.</summary>
    public long Offset { get; } = offset;
}
