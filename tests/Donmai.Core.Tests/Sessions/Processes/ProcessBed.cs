using System.Diagnostics;
using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Limits;
using Donmai.Core.Sessions.Logs;
using Donmai.Core.Sessions.Processes;
using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Sessions.Processes;

/// <summary>Real session processes in a temporary directory. Whatever is left of them is killed at the end.</summary>
internal sealed class ProcessBed : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly LinuxProcesses _system = new();
    private readonly LookingProcesses _looking;
    private readonly List<SessionProcesses> _daemons = [];

    public ProcessBed(ReportedExits? exits = null, SessionLogLimits? limits = null)
    {
        _looking = new LookingProcesses(_system);
        Limits = limits ?? new SessionLogLimits();
        Enforced = new SessionLimits(null, "none in tests", TimeProvider.System, new Logger<SessionLimits>(Log));
        Exits = exits ?? new ReportedExits();
        Processes = AnotherDaemon(Exits);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("donmai-processes-").FullName;

    public const string AuthToken = "the token this machine registers with";

    public StateDirectory State => new(Path.Join(Root, ".state"));

    public SessionLogLimits Limits { get; }

    public SessionLogs Logs => new(State, Limits);

    /// <summary>What is enforced by the daemons to come.</summary>
    public SessionLimits Enforced { get; set; }

    public ReportedExits Exits { get; }

    public LoggedLines Log { get; } = new();

    public SessionProcesses Processes { get; }

    /// <summary>Told before a daemon looks at a process.</summary>
    public Action<int> BeforeLook
    {
        set => _looking.Before = value;
    }

    /// <summary>Another daemon over the same state, as after a restart.</summary>
    public SessionProcesses AnotherDaemon(ReportedExits exits)
    {
        var configuration = new ConfigurationInForce(new DaemonConfiguration { MachineId = "box", ArchiveRoot = State.Workareas, AuthToken = AuthToken });
        var daemon = new SessionProcesses(_looking, exits, Logs, new KnownSecrets(State, configuration), Enforced, TimeProvider.System, Log);
        _daemons.Add(daemon);
        return daemon;
    }

    public string RecordPath(string sessionId) => Path.Join(Root, sessionId);

    public WorkerLaunch Shell(string sessionId, string text, bool supervised = false) =>
        Launch(sessionId, "/bin/sh", "-c", supervised ? text + "\n: exec" : text);

    public WorkerLaunch Launch(string sessionId, params string[] command)
    {
        Directory.CreateDirectory(RecordPath(sessionId), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new WorkerLaunch
        {
            SessionId = sessionId,
            Command = command,
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["DONMAI_SESSION_ID"] = sessionId },
            RecordPath = RecordPath(sessionId),
            WorkingDirectory = Root,
        };
    }

    public ProcessIdentity Start(string sessionId, string text, bool supervised = false) =>
        Processes.Start(Shell(sessionId, text, supervised));

    /// <summary>Waits for a file a session writes, and gives its text.</summary>
    public async Task<string> Written(string name)
    {
        var path = Path.Join(Root, name);
        await Until(() => File.Exists(path) && File.ReadAllText(path).EndsWith('\n'), $"{name} was not written");
        return (await File.ReadAllTextAsync(path)).Trim();
    }

    public async Task<int> WrittenPid(string name) => int.Parse(await Written(name));

    /// <summary>Whether a process is there and not a zombie.</summary>
    public bool IsAlive(int pid) => _system.Look(pid) is { IsZombie: false };

    /// <summary>Processes that carry the mark of a record directory here, zombie children included.</summary>
    public IReadOnlyList<int> Marked()
    {
        var all = new List<(int Pid, ulong)>();
        _system.List(all);
        return [.. all.Select(static entry => entry.Pid).Where(pid =>
            _system.Variable(pid, WorkerEnvironment.RecordDirectory, out _)?.StartsWith(Root, StringComparison.Ordinal) == true)];
    }

    public static async Task Until(Func<bool> condition, string complaint)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new TimeoutException(complaint);
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in _daemons)
            await daemon.DisposeAsync();
        foreach (var pid in Marked())
            Kill(pid);
        Directory.Delete(Root, recursive: true);
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit(Patience);
        }
        catch (ArgumentException)
        {
            return; // it has ended meanwhile
        }
    }
}
