using Donmai.Sessions;

namespace Donmai.Core.Sessions.Processes;

/// <summary>One session's processes while this daemon looks after them.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="recordPath">Its record directory.</param>
internal sealed class SessionProcess(string sessionId, string recordPath)
{
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _signalling = new();
    private ProcessIdentity? _identity;
    private bool _collected;
    private bool _terminated;
    private Task? _killing;

    internal string SessionId => sessionId;

    internal string RecordPath => recordPath;

    /// <summary>The leader.</summary>
    internal ProcessIdentity Identity => _identity ?? throw new InvalidOperationException($"Session {sessionId} has no process yet.");

    /// <summary>Process id of the leader; 0 before it was started.</summary>
    internal int Leader => _identity?.Pid ?? 0;

    /// <summary>Whether KILL was sent: then nothing that is left is given time to end by itself.</summary>
    internal bool IsKilled => Volatile.Read(ref _killing) is not null;

    /// <summary>Completes when nothing of the tree is left.</summary>
    internal Task Gone => _gone.Task;

    /// <summary>What its streams have shown so far; <see langword="null"/> before it was started.</summary>
    internal SessionOutput? Output { get; set; }

    /// <summary>Whether this is the process that was recorded.</summary>
    internal bool Is(ProcessIdentity recorded) => _identity?.Pid == recorded.Pid && _identity.StartMark == recorded.StartMark;

    internal void Started(ProcessIdentity identity) => _identity = identity;

    internal void SetGone() => _gone.TrySetResult();

    /// <summary>Signals the group as long as the leader's number cannot belong to somebody else.</summary>
    /// <param name="signal">Sends the signal.</param>
    internal void Signal(Action<int> signal)
    {
        lock (_signalling)
            if (!_collected)
                signal(Leader);
    }

    /// <summary>Collects the leader; from here on nothing is sent to its number.</summary>
    internal T Collect<T>(Func<int, T> collect)
    {
        lock (_signalling)
        {
            _collected = true;
            return collect(Leader);
        }
    }

    /// <summary>Whether this is the first request to terminate.</summary>
    internal bool IsFirstTermination()
    {
        lock (_signalling)
        {
            var first = !_terminated;
            _terminated = true;
            return first;
        }
    }

    /// <summary>Runs the killing once; everybody waits for the same. One that failed is no reason not to try again.</summary>
    internal Task KillOnce(Func<Task> kill)
    {
        lock (_signalling)
            return _killing = _killing is null or { IsFaulted: true } ? Task.Run(kill) : _killing;
    }
}
