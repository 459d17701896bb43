using System.Collections.Concurrent;
using Donmai.Core.Sessions.Processes;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Limits;

/// <summary>
/// Looks at the memory of sessions where the system cannot limit it. What is counted is what their processes have for themselves; a
/// session that is above its limit twice in a row loses its largest process, as it would in a control group.
/// </summary>
internal sealed partial class MemoryWatch : IDisposable
{
    /// <summary>Time between two looks.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<SessionProcess, long> _limits = new();
    private readonly HashSet<SessionProcess> _above = [];
    private readonly ISystemProcesses _processes;
    private readonly SessionCensus _census;
    private readonly SessionTree _tree;
    private readonly ILogger<MemoryWatch> _log;
    private readonly ITimer _timer;
    private int _looking;

    public MemoryWatch(ISystemProcesses processes, SessionCensus census, SessionTree tree, TimeProvider clock, ILogger<MemoryWatch> log)
    {
        _processes = processes;
        _census = census;
        _tree = tree;
        _log = log;
        _timer = clock.CreateTimer(static watch => ((MemoryWatch)watch!).Look(), this, Period, Period);
    }

    /// <summary>Watches a session until <see cref="Forget"/>.</summary>
    internal void Watch(SessionProcess process, long bytes) => _limits[process] = bytes;

    /// <summary>The session has ended.</summary>
    internal void Forget(SessionProcess process) => _limits.TryRemove(process, out _);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_limits.IsEmpty || Interlocked.Exchange(ref _looking, 1) != 0)
            return;
        try
        {
            var members = _census.Count();
            _above.IntersectWith(_limits.Keys);
            foreach (var (process, limit) in _limits)
                Look(process, limit, [.. members[process.RecordPath]]);
        }
        catch (IOException failure)
        {
            LogNotLooked(failure.Message);
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }

    private void Look(SessionProcess process, long limit, List<ProcessSight> members)
    {
        var sizes = members.ConvertAll(member => (Member: member, Bytes: _processes.PrivateBytes(member.Pid)));
        var used = sizes.Sum(static size => size.Bytes);
        if (used <= limit)
        {
            _above.Remove(process);
            return;
        }

        // A process that is just being started may count twice for a moment.
        if (_above.Add(process))
            return;
        var largest = sizes.MaxBy(static size => size.Bytes).Member;
        LogAboveLimit(process.SessionId, used / ResourceLimit.BytesPerMebibyte, limit / ResourceLimit.BytesPerMebibyte, largest.Pid);
        _tree.KillOne(largest);
        _above.Remove(process);
    }
}
