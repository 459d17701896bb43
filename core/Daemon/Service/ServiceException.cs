namespace Donmai.Core.Daemon.Service;

/// <summary>The service cannot be registered, started, stopped or looked at.</summary>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class ServiceException(string message) : Exception(message);
