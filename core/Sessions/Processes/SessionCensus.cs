using System.Collections.Concurrent;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// Knows which processes of the machine belong to which session: by the session's mark in their environment, by the system's session id,
/// and by their parents. A process is judged when it is first seen and keeps what it was judged to be, so that it is still known when it
/// has left its session, its group and its parents, and so that counting again costs next to nothing.
/// </summary>
/// <remarks>Sessions are named by their record directories, which no two daemons share.</remarks>
internal sealed class SessionCensus(ISystemProcesses processes, TimeProvider clock)
{
    private const int KernelThreads = 2;
    private const int DeepestFamily = 256;

    // Looking at single processes beats listing all of them only while there are few.
    private const int LongestRange = 256;
    private const int MostKnown = 4096;

    // In less than this no system gives out all its process ids once around.
    private static readonly TimeSpan ShortestRound = TimeSpan.FromSeconds(1);

    private readonly Lock _counting = new();
    private readonly ConcurrentDictionary<int, string> _leaders = new();
    private readonly List<(int Pid, ulong Incarnation)> _present = [];
    private readonly HashSet<int> _goneLeaders = [];
    private Dictionary<int, Judgement> _known = [];
    private int _lastPid;
    private long _lastCount;

    /// <summary>A session has this leader from now on.</summary>
    internal void Enlist(int leader, string recordPath) => _leaders[leader] = recordPath;

    /// <summary>The leader is gone.</summary>
    internal void Dismiss(int leader)
    {
        _leaders.TryRemove(leader, out _);
        lock (_counting)
            _goneLeaders.Add(leader);
    }

    /// <summary>Counts now: who belongs to which session, leaders that were enlisted left out, zombies not.</summary>
    /// <param name="above">Lowest leader of the sessions that matter: what belongs to them was started after it; 0 counts all.</param>
    internal ILookup<string, ProcessSight> Count(int above = 0)
    {
        lock (_counting)
        {
            var last = processes.LastPid() ?? 0;
            var isSameRound = last >= _lastPid && _lastPid > 0 && clock.GetElapsedTime(_lastCount) < ShortestRound;
            if (!isSameRound || _goneLeaders.Count > MostKnown)
                _goneLeaders.Clear();
            if (isSameRound && above > 0 && last >= above && last - above <= LongestRange && _known.Count <= MostKnown)
                JudgeRange(above + 1, last);
            else
                JudgeAll();
            (_lastPid, _lastCount) = (last, clock.GetTimestamp());
            return _known
                .Where(known => known.Value.Owner is not null && !_leaders.ContainsKey(known.Key))
                .Select(known => (known.Value.Owner, Sight: processes.Look(known.Key), known.Value.Start))
                .Where(static seen => seen.Sight is { } sight && sight.Start == seen.Start)
                .ToLookup(static seen => seen.Owner!, static seen => seen.Sight!.Value, StringComparer.Ordinal);
        }
    }

    private void JudgeRange(int first, int last)
    {
        var newcomers = new Dictionary<int, ulong>();
        for (var pid = first; pid <= last; pid++)
            if (!_leaders.ContainsKey(pid) && !_goneLeaders.Contains(pid)
                && !(_known.TryGetValue(pid, out var known) && (known.IsFinal || known.Owner is not null)))
                newcomers[pid] = 0;
        foreach (var pid in newcomers.Keys)
        {
            _known.Remove(pid);
            Judge(pid, newcomers, 0);
        }
    }

    private void JudgeAll()
    {
        processes.List(_present);
        var now = new Dictionary<int, Judgement>(_present.Count);
        var unknown = new List<(int Pid, ulong Incarnation)>();
        foreach (var (pid, incarnation) in _present)
            if (_leaders.ContainsKey(pid))
                continue;
            else if (_known.TryGetValue(pid, out var known) && IsSame(pid, known, incarnation))
                now[pid] = known with { Incarnation = incarnation };
            else
                unknown.Add((pid, incarnation));

        _known = now;
        var newcomers = unknown.ToDictionary(static entry => entry.Pid, static entry => entry.Incarnation);
        foreach (var (pid, _) in unknown)
            Judge(pid, newcomers, 0);
        foreach (var pid in now.Where(static known => !known.Value.IsFinal).Select(static known => known.Key).ToList())
            if (now[pid].Owner is null)
                now.Remove(pid);
    }

    // One of a range was not listed when it was judged.
    private bool IsSame(int pid, Judgement known, ulong incarnation) =>
        known.Incarnation == incarnation || (known.Incarnation == 0 && processes.Look(pid)?.Start == known.Start);

    private string? Judge(int pid, Dictionary<int, ulong> newcomers, int depth)
    {
        if (_leaders.TryGetValue(pid, out var led))
            return led;
        if (_known.TryGetValue(pid, out var known))
            return known.Owner;
        if (depth > DeepestFamily || !newcomers.TryGetValue(pid, out var incarnation) || processes.Look(pid) is not { } sight)
            return null;

        var marked = processes.Variable(pid, WorkerEnvironment.RecordDirectory, out var readable);
        var owner = marked
            ?? _leaders.GetValueOrDefault(sight.Session)
            ?? (sight.Parent > KernelThreads ? Judge(sight.Parent, newcomers, depth + 1) : null);
        // Without an environment it may be in the middle of a program start: look again next time.
        _known[pid] = new Judgement(incarnation, sight.Start, owner, readable || sight.Parent is KernelThreads or 0 || sight.IsZombie);
        return owner;
    }

    private readonly record struct Judgement(ulong Incarnation, ulong Start, string? Owner, bool IsFinal);
}
