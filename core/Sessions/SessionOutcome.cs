using Donmai.Sessions;

namespace Donmai.Core.Sessions;

/// <summary>Final state of a session and why (daemon-runtime.md §9.5).</summary>
/// <param name="State">Completed, failed or terminated.</param>
/// <param name="Reason">Why, in words; <see langword="null"/> when it completed.</param>
public sealed record SessionOutcome(SessionState State, string? Reason)
{
    /// <summary>Reason of a session whose end nobody could record (architecture.md §5).</summary>
    public const string Unknown = "outcome unknown";

    private const string WorkerStopped = "stopped";
    private const int ExitCodeStopped = 5;

    /// <summary>Classifies an end: an intent that was recorded before it decides, else how the process ended.</summary>
    /// <param name="exit">How the process ended.</param>
    /// <param name="stop">What had been asked for, if anything.</param>
    public static SessionOutcome Of(ProcessExit exit, SessionStopRequest? stop)
    {
        if (stop is not null)
            return new(SessionState.Terminated, string.IsNullOrWhiteSpace(stop.Reason) ? stop.Mode : stop.Reason);
        if (exit.StartError is { } startError)
            return new(SessionState.Failed, startError);
        if (exit.OutcomeUnknown)
            return new(SessionState.Failed, Unknown);
        if (exit.ExitCode == 0)
            return new(SessionState.Completed, null);
        return exit.ExitCode == ExitCodeStopped && exit.Record?.Status == WorkerStopped
            ? new(SessionState.Terminated, exit.Record.ExitReason)
            : new(SessionState.Failed, Failure(exit));
    }

    private static string Failure(ProcessExit exit)
    {
        if (exit.Record is { Error.Length: > 0 } record)
            return record.Error;
        return exit.Signal is { } signal
            ? $"the worker was ended by signal {signal}"
            : $"the worker exited with code {exit.ExitCode}";
    }
}
