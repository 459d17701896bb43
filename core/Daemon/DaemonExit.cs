namespace Donmai.Core.Daemon;

/// <summary>Through which the daemon tells its host that it is stopped: close the control API and end the program.</summary>
public sealed class DaemonExit
{
    private readonly TaskCompletionSource<DaemonEnding> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the daemon is stopped.</summary>
    public Task<DaemonEnding> Stopped => _stopped.Task;

    /// <summary>The daemon is stopped; only the first word counts.</summary>
    public void Tell(DaemonEnding ending) => _stopped.TrySetResult(ending);
}
