using Donmai.Core.Sessions.Children;

namespace Donmai.Core.Sessions.Processes;

/// <summary>Sends signals to what belongs to a session, and to nothing else.</summary>
internal sealed class SessionTree(ISystemProcesses processes, SessionCensus census, TimeProvider clock)
{
    internal const int Terminate = 15;
    internal const int Kill = 9;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>What belongs to the session now, its leader left out.</summary>
    internal IReadOnlyCollection<ProcessSight> Members(string recordPath)
    {
        var members = census.Count()[recordPath].ToList();
        // As the first process of a container this one inherits what lost its parent.
        foreach (var orphan in members.Where(static member => member.IsZombie && member.Parent == Environment.ProcessId))
            _ = PosixChildren.WaitPid(orphan.Pid, out _, PosixChildren.NoHang);
        return members.FindAll(static member => !member.IsZombie && member.Pid != Environment.ProcessId);
    }

    /// <summary>Signals the session's process group as long as its leader is there.</summary>
    internal void SignalGroup(SessionProcess process, int signal) =>
        process.Signal(leader =>
        {
            // A child of ours keeps its number until it is collected; an adopted one is looked at first.
            if (processes.Look(leader) is { } sight && StartMark.Is(process.Identity, processes.BootId, sight))
                _ = PosixChildren.Kill(-leader, signal);
        });

    /// <summary>Waits for what is left to end by itself.</summary>
    /// <returns>Whether nothing is left.</returns>
    internal async Task<bool> IsGoneWithin(string recordPath, TimeSpan patience)
    {
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < patience; await Task.Delay(Pause, clock))
            if (Members(recordPath).Count == 0)
                return true;
        return false;
    }

    /// <summary>Kills what belongs to the session, again and again until nothing is left or the time is up.</summary>
    /// <param name="recordPath">The session's record directory.</param>
    /// <param name="limit">How long to try.</param>
    /// <returns>What could not be ended.</returns>
    internal async Task<IReadOnlyCollection<ProcessSight>> KillMembers(string recordPath, TimeSpan limit)
    {
        for (var start = clock.GetTimestamp(); ; await Task.Delay(Pause, clock))
        {
            var left = KillMembersOnce(recordPath);
            if (left.Count == 0 || clock.GetElapsedTime(start) > limit)
                return left;
        }
    }

    /// <summary>Kills what belongs to the session now.</summary>
    /// <returns>What was there.</returns>
    internal IReadOnlyCollection<ProcessSight> KillMembersOnce(string recordPath)
    {
        var members = Members(recordPath);
        foreach (var member in members)
            KillOne(member);
        return members;
    }

    /// <summary>Kills one process, if it is still the one that was seen.</summary>
    internal void KillOne(ProcessSight member)
    {
        var descriptor = OperatingSystem.IsLinux() ? PosixSessions.OpenProcess(member.Pid) : -1;
        if (processes.Look(member.Pid) is { } sight && sight.Start == member.Start)
        {
            if (descriptor < 0 || !PosixSessions.SignalProcess(descriptor, Kill))
                _ = PosixChildren.Kill(member.Pid, Kill);
        }

        if (descriptor >= 0)
            _ = PosixChildren.Close(descriptor);
    }
}
