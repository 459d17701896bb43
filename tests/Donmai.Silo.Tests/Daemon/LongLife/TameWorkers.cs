using System.Collections.Concurrent;
using Donmai.Core.Sessions;
using Donmai.Sessions;

namespace Donmai.Silo.Tests.Daemon.LongLife;

/// <summary>Workers that cost nothing and end when a test says so. They outlive a daemon, as real ones do.</summary>
internal sealed class TameWorkers : ISessionProcesses
{
    private readonly ConcurrentDictionary<string, ProcessIdentity> _alive = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ProcessExit> _endedUnseen = new(StringComparer.Ordinal);
    private int _lastPid = 100_000;

    /// <summary>Who is told of ends; <see langword="null"/> while no daemon runs.</summary>
    public ISessionExits? Daemon { get; set; }

    public string BootId => "boot";

    public ProcessIdentity Start(WorkerLaunch launch) => _alive[launch.SessionId] = new ProcessIdentity
    {
        Pid = Interlocked.Increment(ref _lastPid),
        StartMark = "boot/1",
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    public ProcessFinding Find(string sessionId, string recordPath, ProcessIdentity? identity) =>
        _alive.TryGetValue(sessionId, out var alive) ? new ProcessFinding.Alive(alive)
        : _endedUnseen.TryRemove(sessionId, out var exit) ? new ProcessFinding.Ended(exit)
        : new ProcessFinding.NeverStarted();

    public Task Stop(string sessionId, ProcessIdentity identity, TimeSpan grace, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    /// <summary>The worker of a session ends; completes when the daemon, if there is one, has done everything about it.</summary>
    public Task End(string sessionId, DateTimeOffset now)
    {
        _alive.TryRemove(sessionId, out _).ShouldBeTrue($"{sessionId} does not run");
        var exit = new ProcessExit { ExitCode = 0, EndedAt = now };
        if (Daemon is { } daemon)
            return daemon.Exited(sessionId, exit);
        _endedUnseen[sessionId] = exit;
        return Task.CompletedTask;
    }
}
