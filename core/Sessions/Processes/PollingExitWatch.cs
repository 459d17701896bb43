using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Donmai.Core.Sessions.Processes;

/// <summary>Notices ends by looking: when a child of this process has ended, and regularly, for those that are not children.</summary>
internal sealed class PollingExitWatch : IExitWatch
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<SessionProcess, bool> _watched = new();
    private readonly ISystemProcesses _processes;
    private readonly Action<IReadOnlyList<SessionProcess>> _ended;
    private readonly ITimer _timer;
    private readonly PosixSignalRegistration? _childEnded;

    internal PollingExitWatch(ISystemProcesses processes, TimeProvider clock, Action<IReadOnlyList<SessionProcess>> ended)
    {
        _processes = processes;
        _ended = ended;
        _timer = clock.CreateTimer(static watch => ((PollingExitWatch)watch!).Look(), this, Period, Period);
        if (!OperatingSystem.IsWindows())
            _childEnded = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => Look());
    }

    public void Watch(SessionProcess process)
    {
        _watched[process] = true;
        if (HasEnded(process))
            ThreadPool.UnsafeQueueUserWorkItem(static watch => watch.Look(), this, preferLocal: false);
    }

    public void Dispose()
    {
        _childEnded?.Dispose();
        _timer.Dispose();
    }

    private void Look()
    {
        var ended = _watched.Keys.Where(HasEnded).Where(process => _watched.TryRemove(process, out _)).ToList();
        if (ended.Count > 0)
            _ended(ended);
    }

    private bool HasEnded(SessionProcess process) =>
        _processes.Look(process.Leader) is not { IsZombie: false } sight || !StartMark.Is(process.Identity, _processes.BootId, sight);
}
