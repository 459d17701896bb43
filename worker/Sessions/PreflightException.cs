namespace Donmai.Worker.Sessions;

/// <summary>The worker cannot start; nothing was run (worker.md §1.3).</summary>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class PreflightException(string message) : Exception(message);
