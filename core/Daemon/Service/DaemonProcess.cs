using Donmai.Core.Sessions.Processes;

namespace Donmai.Core.Daemon.Service;

/// <summary>The process of a daemon of this machine.</summary>
public static class DaemonProcess
{
    /// <summary>Whether a process is still there, other than as one that ended and was not collected.</summary>
    /// <param name="pid">Process id.</param>
    public static bool IsRunning(int pid)
    {
        ISystemProcesses processes = OperatingSystem.IsMacOS() ? new MacProcesses() : new LinuxProcesses();
        return processes.Look(pid) is { IsZombie: false };
    }
}
