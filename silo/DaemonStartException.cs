using Donmai.Core.Daemon;

namespace Donmai.Silo;

/// <summary>The daemon cannot start. The message is for people: what is wrong, where, and what to do.</summary>
/// <param name="message">One sentence.</param>
/// <param name="cause">What the system said, if it did.</param>
public sealed class DaemonStartException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The program's exit code (daemon-runtime.md §6.5).</summary>
    public int ExitCode { get; init; } = DaemonEnding.Failure;
}
