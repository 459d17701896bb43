namespace Donmai.Core.Daemon;

/// <summary><c>daemon.yaml</c> could not be written; it is as it was.</summary>
/// <param name="message">Which file, why, and what to do.</param>
/// <param name="cause">What the system said.</param>
public sealed class ConfigurationWriteException(string message, Exception? cause = null) : Exception(message, cause);
