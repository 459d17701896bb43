using Donmai.Core.Sessions.Processes;

namespace Donmai.Core.Tests.Sessions.Processes;

/// <summary>The system's processes, and a word before each look at one of them.</summary>
/// <param name="system">The system's.</param>
internal sealed class LookingProcesses(ISystemProcesses system) : ISystemProcesses
{
    public Action<int> Before { get; set; } = static _ => { };

    public string BootId => system.BootId;

    public ProcessSight? Look(int pid)
    {
        Before(pid);
        return system.Look(pid);
    }

    public void List(List<(int Pid, ulong Incarnation)> found) => system.List(found);

    public int? LastPid() => system.LastPid();

    public long PrivateBytes(int pid) => system.PrivateBytes(pid);

    public string? Variable(int pid, string name, out bool readable) => system.Variable(pid, name, out readable);

    public IReadOnlyList<KeyValuePair<string, string>> Variables(int pid) => system.Variables(pid);
}
