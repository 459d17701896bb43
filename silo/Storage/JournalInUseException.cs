namespace Donmai.Silo.Storage;

/// <summary>Another process, or another journal of this process, has the directory open.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="directory">The journal's directory.</param>
public sealed class JournalInUseException(string message, string directory) : IOException(message)
{
    /// <summary>The journal's directory.</summary>
    public string Directory { get; } = directory;
}
