namespace Donmai.Core.Sessions.Children;

/// <summary>
/// Ends what a child process left behind: the members of its group and its descendants, and, for a process that adopts orphans, everything
/// that descends from this process (worker.md §4.0, whole tree).
/// </summary>
/// <param name="adoptsOrphans">Whether <see cref="OrphanAdoption"/> is on and every descendant of this process is therefore the child's.</param>
/// <param name="clock">Source of waiting.</param>
public sealed class Leftovers(bool adoptsOrphans, TimeProvider clock)
{
    private const int Kill = 9;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>What belongs to the group now, by number and start.</summary>
    /// <param name="group">Process group of the child.</param>
    public IReadOnlyList<ProcessEntry> Find(int group)
    {
        var table = ProcessTable.Read();
        var known = new HashSet<int>(table.Where(entry => entry.Group == group).Select(static entry => entry.Pid)) { group };
        if (adoptsOrphans)
            known.UnionWith(Orphans(table));
        var others = table.Where(static entry => entry.Pid != Environment.ProcessId).ToList();
        int before;
        do
        {
            before = known.Count;
            known.UnionWith(others.Where(entry => known.Contains(entry.ParentPid)).Select(static entry => entry.Pid));
        }
        while (known.Count > before);
        return [.. others.Where(entry => known.Contains(entry.Pid))];
    }

    /// <summary>Kills them until none is left, two seconds at most, and collects those this process has adopted.</summary>
    /// <param name="group">Process group of the child.</param>
    /// <param name="alsoKnown">Processes seen before the child ended, whose parent link may be gone by now.</param>
    /// <returns>How many had to be killed, and how many are still there.</returns>
    public async Task<(int Killed, int Alive)> End(int group, IReadOnlyList<ProcessEntry> alsoKnown)
    {
        var killed = new HashSet<ProcessEntry>();
        var start = clock.GetTimestamp();
        while (true)
        {
            var left = Find(group).Concat(alsoKnown).DistinctBy(static entry => entry.Pid).Where(StillThere).ToList();
            if (left.Count == 0 || clock.GetElapsedTime(start) > Bound)
                return (killed.Count, left.Count);
            foreach (var entry in left)
                if (PosixChildren.Kill(entry.Pid, Kill) == 0)
                    killed.Add(entry with { IsZombie = false, ParentPid = 0, Group = 0 });
            await Task.Delay(Pause, clock);
        }
    }

    private static IEnumerable<int> Orphans(IReadOnlyList<ProcessEntry> table) =>
        table.Where(static entry => entry.ParentPid == Environment.ProcessId && !ChildProcess.IsOurs(entry.Pid)).Select(static entry => entry.Pid);

    private static bool StillThere(ProcessEntry seen)
    {
        if (ChildProcess.IsOurs(seen.Pid) || ProcessTable.Find(seen.Pid) is not { } now || now.StartTick != seen.StartTick)
            return false;
        if (!now.IsZombie)
            return true;
        if (now.ParentPid == Environment.ProcessId)
            _ = PosixChildren.WaitPid(now.Pid, out _, PosixChildren.NoHang);
        return false;
    }
}
