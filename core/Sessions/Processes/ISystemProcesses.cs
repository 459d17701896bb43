namespace Donmai.Core.Sessions.Processes;

/// <summary>The system's process table, as far as sessions need it.</summary>
internal interface ISystemProcesses
{
    /// <summary>Names this run of the system: process marks of another one say nothing.</summary>
    string BootId { get; }

    /// <summary>One process; <see langword="null"/> when there is none of that number.</summary>
    ProcessSight? Look(int pid);

    /// <summary>Every process there is now, with a number that differs when the process id was given to another process.</summary>
    /// <param name="found">Receives them.</param>
    void List(List<(int Pid, ulong Incarnation)> found);

    /// <summary>The process id given out last, where ids are given out in rising order until they begin anew; else <see langword="null"/>.</summary>
    int? LastPid();

    /// <summary>Bytes of memory that a process has for itself, not shared with a file or another process; 0 where the system does not tell.</summary>
    /// <param name="pid">The process.</param>
    long PrivateBytes(int pid);

    /// <summary>Value of a variable in the environment a process was started with.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="name">The variable.</param>
    /// <param name="readable">Whether there was an environment to look at: not for another user's process, and not in the middle of a program start.</param>
    string? Variable(int pid, string name, out bool readable);

    /// <summary>The environment a process was started with; empty when it cannot be read.</summary>
    /// <param name="pid">The process.</param>
    IReadOnlyList<KeyValuePair<string, string>> Variables(int pid);
}
