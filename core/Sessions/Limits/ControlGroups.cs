using System.Globalization;

namespace Donmai.Core.Sessions.Limits;

/// <summary>
/// A control group for each session below one of the daemon's own (cgroup v2): its limits, and everything that was ever started in it,
/// however far it has gone from its parents.
/// </summary>
/// <param name="root">Parent of the sessions' groups.</param>
/// <param name="hasMemory">Whether memory can be limited.</param>
/// <param name="hasCpu">Whether processors can be limited.</param>
internal sealed class ControlGroups(string root, bool hasMemory, bool hasCpu)
{
    /// <summary>Where a process joins a group.</summary>
    internal const string Members = "cgroup.procs";

    // The kernel's own files, named after its controllers, lie beside the groups.
    private const string Prefix = "s-";
    private const int PeriodMicroseconds = 100_000;

    /// <summary>Whether memory can be limited.</summary>
    internal bool HasMemory => hasMemory;

    /// <summary>Whether processors can be limited.</summary>
    internal bool HasCpu => hasCpu;

    /// <summary>Makes the group of a session.</summary>
    /// <returns>The file that a process writes its id to, to join.</returns>
    /// <exception cref="IOException">The system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refused.</exception>
    internal string Create(string sessionId, ResourceLimit limit)
    {
        var group = Directory.CreateDirectory(GroupOf(sessionId)).FullName;
        if (hasMemory)
        {
            Write(group, "memory.max", limit.MemoryBytes.ToString(CultureInfo.InvariantCulture));
            if (File.Exists(Path.Combine(group, "memory.swap.max")))
                Write(group, "memory.swap.max", "0"); // else a session would go on into the swap of everybody
        }

        if (hasCpu)
            Write(group, "cpu.max", string.Create(CultureInfo.InvariantCulture, $"{(long)limit.VCpu * PeriodMicroseconds} {PeriodMicroseconds}"));
        return Path.Combine(group, Members);
    }

    /// <summary>Kills what is in the group of a session, at once and completely.</summary>
    internal void Kill(string sessionId)
    {
        var group = GroupOf(sessionId);
        if (Directory.Exists(group) && File.Exists(Path.Combine(group, "cgroup.kill"))) // Linux 5.14
            Write(group, "cgroup.kill", "1");
    }

    /// <summary>Removes the group of a session.</summary>
    /// <returns>Whether it is gone; not while there are processes in it.</returns>
    internal bool TryRemove(string sessionId)
    {
        var group = GroupOf(sessionId);
        if (!Directory.Exists(group))
            return true;
        try
        {
            foreach (var inner in Directory.EnumerateDirectories(group, "*", SearchOption.AllDirectories).OrderByDescending(static path => path.Length))
                Directory.Delete(inner);
            Directory.Delete(group);
            return true;
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            return !Directory.Exists(group);
        }
    }

    /// <summary>Removes the groups of sessions that are over.</summary>
    internal void RemoveEmpty()
    {
        foreach (var group in Directory.EnumerateDirectories(root, Prefix + "*").ToList())
            _ = TryRemove(Path.GetFileName(group)[Prefix.Length..]);
    }

    private static void Write(string group, string file, string value) => File.WriteAllText(Path.Combine(group, file), value);

    private string GroupOf(string sessionId) => Path.Combine(root, Prefix + sessionId);
}
