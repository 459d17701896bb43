namespace Donmai.Core.Daemon;

/// <summary>An edit does not fit <c>daemon.yaml</c> as it is; nothing was written.</summary>
/// <param name="message">Which key, why not, and what to do.</param>
public sealed class ConfigurationEditException(string message) : Exception(message);
