namespace Donmai.Core.Sessions;

/// <summary>The system refused to start a session's process.</summary>
/// <param name="message">What was to be started and the system's reason.</param>
public sealed class WorkerStartException(string message) : Exception(message);
