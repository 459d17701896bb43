using System.Collections.Concurrent;

namespace Donmai.Core.Sessions.Processes;

/// <summary>
/// Knows which processes of the machine belong to which session: by the session's mark in their environment, by the system's session id,
/// and by their parents. A process is judged when it is first seen and keeps what it was judged to be, so that it is still known when it
/// has left its session, its group and its parents, and so that counting again costs next to nothing.
/// </summary>
/// <remarks>Sessions are named by their record directories, which no two daemons share.</remarks>
internal sealed class SessionCensus(ISystemProcesses processes)
{
    private const int KernelThreads = 2;
    private const int DeepestFamily = 256;

    private readonly Lock _counting = new();
    private readonly ConcurrentDictionary<int, string> _leaders = new();
    private readonly List<(int Pid, ulong Incarnation)> _present = [];
    private Dictionary<int, Judgement> _known = [];

    /// <summary>A session has this leader from now on.</summary>
    internal void Enlist(int leader, string recordPath) => _leaders[leader] = recordPath;

    /// <summary>The leader is gone.</summary>
    internal void Dismiss(int leader) => _leaders.TryRemove(leader, out _);

    /// <summary>Counts now: who belongs to which session, leaders that were enlisted left out, zombies not.</summary>
    internal ILookup<string, ProcessSight> Count()
    {
        lock (_counting)
        {
            Judge();
            return _known
                .Where(static known => known.Value.Owner is not null)
                .Select(known => (known.Value.Owner, Sight: processes.Look(known.Key), known.Value.Start))
                .Where(static seen => seen.Sight is { } sight && sight.Start == seen.Start)
                .ToLookup(static seen => seen.Owner!, static seen => seen.Sight!.Value, StringComparer.Ordinal);
        }
    }

    private void Judge()
    {
        processes.List(_present);
        var now = new Dictionary<int, Judgement>(_present.Count);
        var unknown = new List<(int Pid, ulong Incarnation)>();
        foreach (var (pid, incarnation) in _present)
            if (_leaders.ContainsKey(pid))
                continue;
            else if (_known.TryGetValue(pid, out var known) && known.Incarnation == incarnation)
                now[pid] = known;
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
