using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>A session's process was not started; nothing runs.</summary>
/// <param name="message">What was to be started, and why it was not.</param>
/// <param name="reason">The kind of refusal (<see cref="RefusalReason"/>): of the system, or of the program that embeds the daemon.</param>
public sealed class WorkerStartException(string message, string reason = RefusalReason.WorkerStart) : Exception(message)
{
    /// <summary>The kind of refusal.</summary>
    public string Reason => reason;
}
