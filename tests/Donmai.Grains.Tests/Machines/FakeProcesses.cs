using System.Collections.Concurrent;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Grains.Tests.Machines;

/// <summary>Session processes that end when a test says so. They outlive a daemon, as real ones do.</summary>
internal sealed class FakeProcesses : ISessionProcesses
{
    private readonly ConcurrentDictionary<string, ProcessIdentity> _alive = new();
    private readonly ConcurrentDictionary<string, ProcessExit> _ended = new();
    private int _pid = 1000;

    /// <summary>Every start, in order.</summary>
    public ConcurrentQueue<WorkerLaunch> Launches { get; } = [];

    /// <summary>Every request to end a tree, in order.</summary>
    public ConcurrentQueue<(string SessionId, TimeSpan Grace)> Stops { get; } = [];

    /// <summary>Why the system refuses to start anything; <see langword="null"/> when it does not.</summary>
    public string? Refusal { get; set; }

    /// <summary>Called with each launch before the process runs.</summary>
    public Action<WorkerLaunch> Launching { get; set; } = static _ => { };

    /// <summary>Called when a tree is to be ended.</summary>
    public Func<string, TimeSpan, Task> Stopping { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Who is told of ends now; <see langword="null"/> while no daemon runs.</summary>
    public ISessionExits? Daemon { get; set; }

    /// <summary>Changes when the machine is started anew.</summary>
    public string BootId { get; set; } = "boot";

    public int AliveCount => _alive.Count;

    public ProcessIdentity Start(WorkerLaunch launch)
    {
        if (Refusal is not null)
            throw new WorkerStartException(Refusal);
        var identity = new ProcessIdentity { Pid = Interlocked.Increment(ref _pid), StartMark = "boot/1", StartedAt = DateTimeOffset.UnixEpoch };
        Launching(launch);
        Launches.Enqueue(launch);
        _ended.TryRemove(launch.SessionId, out _);
        _alive[launch.SessionId] = identity;
        return identity;
    }

    public ProcessFinding Find(string sessionId, string recordPath, ProcessIdentity? identity)
    {
        if (_alive.TryGetValue(sessionId, out var alive))
            return new ProcessFinding.Alive(alive);
        if (_ended.TryGetValue(sessionId, out var exit))
            return new ProcessFinding.Ended(exit);
        return identity is null && Launches.All(launch => launch.SessionId != sessionId)
            ? new ProcessFinding.NeverStarted()
            : new ProcessFinding.Ended(new ProcessExit { OutcomeUnknown = true, EndedAt = DateTimeOffset.UnixEpoch });
    }

    /// <summary>The power goes: no process is left, nor a trace of one that was not flushed, and the machine is started anew.</summary>
    public void CutPower()
    {
        _alive.Clear();
        Launches.Clear();
        BootId += "'";
    }

    public Task Stop(string sessionId, ProcessIdentity identity, TimeSpan grace, CancellationToken cancellationToken = default)
    {
        Stops.Enqueue((sessionId, grace));
        return Stopping(sessionId, grace);
    }

    /// <summary>The process ends; completes when the daemon, if there is one, has done everything about it.</summary>
    public async Task End(string sessionId, ProcessExit exit)
    {
        _alive.TryRemove(sessionId, out _).ShouldBeTrue($"{sessionId} does not run");
        _ended[sessionId] = exit;
        if (Daemon is { } daemon)
            await daemon.Exited(sessionId, exit);
    }

    /// <summary>The process of a session that runs.</summary>
    public ProcessIdentity Of(string sessionId) => _alive[sessionId];

    /// <summary>The process is gone and nobody recorded how.</summary>
    public void Vanish(string sessionId) => _alive.TryRemove(sessionId, out _).ShouldBeTrue($"{sessionId} does not run");
}
