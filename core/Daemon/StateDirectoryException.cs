namespace Donmai.Core.Daemon;

/// <summary>The state directory cannot be used; nothing was started.</summary>
/// <param name="message">Which directory, why, and what to do.</param>
public sealed class StateDirectoryException(string message) : Exception(message);
