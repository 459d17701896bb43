namespace Donmai.Silo.Storage;

/// <summary>
/// A state could not be made durable, for example because the disk is full. The journal still has the value before it; the same
/// write may be tried again.
/// </summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="cause">The refusal of the operating system.</param>
public sealed class JournalWriteException(string message, Exception cause) : IOException(message, cause);
