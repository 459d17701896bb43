using System.Collections.Concurrent;
using System.Globalization;
using Donmai.Core.Sessions.Children;
using Donmai.Core.Sessions.Limits;
using Donmai.Core.Sessions.Logs;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Processes;

/// <summary>The processes of this machine's sessions (daemon-runtime.md §9, §15; worker.md §4.0).</summary>
internal sealed partial class SessionProcesses : ISessionProcesses, IAsyncDisposable
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KillPause = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, SessionProcess> _live = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly ILogger<SessionProcesses> _log;
    private readonly ISystemProcesses _system;
    private readonly SessionCensus _census;
    private readonly SessionTree _tree;
    private readonly OutputFollower _output;
    private readonly SessionLogs _sessionLogs;
    private readonly KnownSecrets _secrets;
    private readonly SessionLimits _limits;
    private readonly MemoryWatch? _memory;
    private readonly SessionEndings _endings;
    private readonly IExitWatch _watch;
    private int _disposed;

    public SessionProcesses(
        ISystemProcesses system,
        ISessionExits exits,
        SessionLogs sessionLogs,
        KnownSecrets secrets,
        SessionLimits limits,
        TimeProvider clock,
        ILoggerFactory logs)
    {
        _limits = limits;
        _sessionLogs = sessionLogs;
        _secrets = secrets;
        _system = system;
        _clock = clock;
        _log = logs.CreateLogger<SessionProcesses>();
        _census = new SessionCensus(_system, clock);
        _tree = new SessionTree(_system, _census, clock);
        _output = new OutputFollower(clock, logs.CreateLogger<OutputFollower>());
        _memory = limits.LooksAtMemory ? new MemoryWatch(_system, _census, _tree, clock, logs.CreateLogger<MemoryWatch>()) : null;
        _endings = new SessionEndings(_census, _tree, _output, limits, exits, clock, logs.CreateLogger<SessionEndings>());
        _watch = PidfdExitWatch.TryCreate(TakeEnded) ?? (IExitWatch)new PollingExitWatch(_system, clock, TakeEnded);
    }

    /// <inheritdoc/>
    public string BootId => _system.BootId;

    /// <inheritdoc/>
    public ProcessIdentity Start(WorkerLaunch launch)
    {
        var process = new SessionProcess(launch.SessionId, launch.RecordPath);
        if (!TryTakePlace(process))
            throw new WorkerStartException($"session {launch.SessionId} has a process already");
        var pid = 0;
        try
        {
            CheckProgram(launch.Command);
            process.Output = SessionOutput.Begin(
                launch.SessionId, launch.RecordPath, _sessionLogs.Open(launch.SessionId), _secrets.And(launch.Environment), _clock);
            File.Delete(Path.Join(launch.RecordPath, SessionRecordFiles.Exit));
            var words = Supervisor.Around(
                launch.Command,
                Path.Join(launch.RecordPath, SessionRecordFiles.Process),
                _limits.Prepare(launch.SessionId, launch.Limit));
            pid = Processors.Confined(
                _limits.Confinement(launch.Limit),
                () => SessionSpawn.Start(words, Marked(launch), launch.WorkingDirectory, launch.RecordPath));
            Watch(process, Identify(pid), launch.Limit);
            LogStarted(launch.SessionId, pid);
            return process.Identity;
        }
        catch (Exception failure)
        {
            Undo(process, pid);
            if (failure is IOException or UnauthorizedAccessException)
                throw new WorkerStartException(failure.Message);
            throw;
        }
    }

    /// <inheritdoc/>
    public ProcessFinding Find(string sessionId, string recordPath, ProcessIdentity? identity)
    {
        if (_live.TryGetValue(sessionId, out var known))
            return new ProcessFinding.Alive(known.Identity);
        var supervisor = SupervisorRecord.Read(recordPath);
        if (FindLeader(recordPath, identity, supervisor) is { } leader)
            return Adopt(sessionId, recordPath, leader);

        supervisor = SupervisorRecord.Read(recordPath); // it may have written down the end between the first reading and the look for it
        // Nobody leads it any more: what is left of it is nobody's.
        var leftovers = _tree.KillMembersOnce(recordPath);
        if (leftovers.Count > 0)
            LogKilledLeftovers(sessionId, leftovers.Count);
        if (Directory.Exists(recordPath))
            _output.Drain(Resume(sessionId, recordPath, []));
        _limits.CloseOnce(sessionId);
        var record = SessionEnd.ReadRecord(recordPath, reason => LogRecordUnreadable(sessionId, reason));
        return identity is null && supervisor is null && record is null && leftovers.Count == 0
            ? new ProcessFinding.NeverStarted()
            : new ProcessFinding.Ended(SessionEnd.Compose(null, supervisor, record, wasKilled: false, _clock.GetUtcNow()));
    }

    /// <inheritdoc/>
    public async Task Stop(string sessionId, ProcessIdentity identity, TimeSpan grace, CancellationToken cancellationToken = default)
    {
        if (!_live.TryGetValue(sessionId, out var process) || !process.Is(identity))
            return;
        if (process.IsFirstTermination())
        {
            LogTerminating(sessionId, process.Leader);
            _tree.SignalGroup(process, SessionTree.Terminate);
        }

        if (!await IsGoneWithin(process, grace, cancellationToken))
            await process.KillOnce(() => Kill(process)).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _watch.Dispose();
        _memory?.Dispose();
        await _endings.DisposeAsync();
        _output.Dispose();
    }

    /// <summary>A session has one process at a time; of one that is gone only the report may be under way.</summary>
    private bool TryTakePlace(SessionProcess process) =>
        _live.TryAdd(process.SessionId, process)
        || (_live.TryGetValue(process.SessionId, out var former) && former.Gone.IsCompleted && _live.TryUpdate(process.SessionId, process, former))
        || _live.TryAdd(process.SessionId, process);

    private void Undo(SessionProcess process, int pid)
    {
        if (pid > 0)
        {
            _ = PosixChildren.Kill(-pid, SessionTree.Kill);
            _ = PosixChildren.WaitPid(pid, out _, 0);
            _census.Dismiss(pid);
            _output.Drain(process.Output!);
        }

        Forget(process);
    }

    private static void CheckProgram(IReadOnlyList<string> command)
    {
        if (command.Count == 0)
            throw new WorkerStartException("the worker command is empty");
        if (!File.Exists(command[0]))
            throw new WorkerStartException($"the worker program {command[0]} does not exist");
    }

    private static List<string> Marked(WorkerLaunch launch)
    {
        var environment = new List<string>(launch.Environment.Count + 1);
        foreach (var (name, value) in launch.Environment)
            if (name is not (WorkerEnvironment.RecordDirectory or WorkerEnvironment.MemoryLimit))
                environment.Add($"{name}={value}");
        environment.Add($"{WorkerEnvironment.RecordDirectory}={launch.RecordPath}");
        if (launch.Limit is { } limit)
            environment.Add($"{WorkerEnvironment.MemoryLimit}={limit.MemoryMb}");
        return environment;
    }

    private static ResourceLimit? Limit(IReadOnlyList<KeyValuePair<string, string>> environment)
    {
        var limit = environment.FirstOrDefault(static variable => variable.Key == WorkerEnvironment.MemoryLimit).Value;
        return int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) ? new ResourceLimit(mebibytes, 0) : null;
    }

    // Some systems do not show a process that has ended already, although its number is still ours.
    private ProcessIdentity Identify(int pid) => new()
    {
        Pid = pid,
        StartMark = StartMark.Of(_system.BootId, _system.Look(pid) ?? new ProcessSight(pid, 0, 0, 0, IsZombie: true)),
        StartedAt = _clock.GetUtcNow(),
    };

    private void Watch(SessionProcess process, ProcessIdentity identity, ResourceLimit? limit)
    {
        process.Started(identity);
        _census.Enlist(identity.Pid, process.RecordPath);
        _output.Follow(process.Output!);
        if (limit is { } watched)
            _memory?.Watch(process, watched.MemoryBytes);
        _watch.Watch(process);
    }

    private void TakeEnded(IReadOnlyList<SessionProcess> ended) => _endings.Take(ended, Forget);

    private void Forget(SessionProcess process)
    {
        _memory?.Forget(process);
        _live.TryRemove(KeyValuePair.Create(process.SessionId, process));
    }

    /// <summary>The process that leads the session now: as recorded by the daemon, else as recorded by itself, else as marked.</summary>
    private ProcessIdentity? FindLeader(string recordPath, ProcessIdentity? identity, SupervisorRecord? supervisor)
    {
        if (identity is not null)
            return _system.Look(identity.Pid) is { IsZombie: false } sight && StartMark.Is(identity, _system.BootId, sight) ? identity : null;
        var leader = supervisor?.Pid is { } pid ? LeaderOf(recordPath, pid) : null;
        leader ??= _tree.Members(recordPath).FirstOrDefault(static member => member.Session == member.Pid) is { Pid: > 0 } marked
            ? LeaderOf(recordPath, marked.Pid)
            : null;
        return leader is { } found
            ? new ProcessIdentity
            {
                Pid = found.Pid,
                StartMark = StartMark.Of(_system.BootId, found),
                StartedAt = supervisor?.WrittenAt ?? _clock.GetUtcNow(),
            }
            : null;
    }

    private ProcessSight? LeaderOf(string recordPath, int pid) =>
        _system.Look(pid) is { IsZombie: false } sight
        && sight.Session == pid
        && _system.Variable(pid, WorkerEnvironment.RecordDirectory, out _) == recordPath
            ? sight
            : null;

    private ProcessFinding.Alive Adopt(string sessionId, string recordPath, ProcessIdentity identity)
    {
        var process = new SessionProcess(sessionId, recordPath);
        if (_live.TryAdd(sessionId, process))
        {
            var environment = _system.Variables(identity.Pid);
            process.Output = Resume(sessionId, recordPath, environment);
            Watch(process, identity, Limit(environment));
            LogAdopted(sessionId, identity.Pid);
        }

        return new ProcessFinding.Alive(identity);
    }

    private SessionOutput Resume(string sessionId, string recordPath, IEnumerable<KeyValuePair<string, string>> environment) =>
        SessionOutput.Resume(sessionId, recordPath, _sessionLogs.Open(sessionId), _secrets.And(environment), _clock);

    private async Task<bool> IsGoneWithin(SessionProcess process, TimeSpan grace, CancellationToken cancellationToken)
    {
        try
        {
            await process.Gone.WaitAsync(grace, _clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task Kill(SessionProcess process)
    {
        LogKilling(process.SessionId, process.Leader);
        for (var start = _clock.GetTimestamp(); !process.Gone.IsCompleted; await Task.WhenAny(process.Gone, Task.Delay(KillPause, _clock)))
        {
            _tree.SignalGroup(process, SessionTree.Kill);
            _limits.Kill(process.SessionId);
            var left = _tree.KillMembersOnce(process.RecordPath);
            if (_clock.GetElapsedTime(start) <= KillLimit)
                continue;
            LogNotEnded(process.SessionId, left.Count + 1);
            return;
        }
    }
}
