namespace Donmai.Core.Sessions.Processes;

/// <summary>Notices that processes have ended, children or not. It does not collect them.</summary>
internal interface IExitWatch : IDisposable
{
    /// <summary>Watches a process. Its end is announced once, also when it ended before the call.</summary>
    /// <param name="process">The process.</param>
    void Watch(SessionProcess process);
}
