namespace Donmai.Core.Sessions.Children;

/// <summary>One line of the system's process table.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="ParentPid">Id of the parent.</param>
/// <param name="Group">Id of the process group.</param>
/// <param name="StartTick">Start of the process in clock ticks since boot; together with <paramref name="Pid"/> it names the process.</param>
/// <param name="IsZombie">It has ended and waits to be collected.</param>
public readonly record struct ProcessEntry(int Pid, int ParentPid, int Group, ulong StartTick, bool IsZombie);
