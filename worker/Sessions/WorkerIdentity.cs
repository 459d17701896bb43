using Donmai.Core.Sessions.Children;

namespace Donmai.Worker.Sessions;

/// <summary>The worker's own process.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Group">Process group.</param>
/// <param name="StartedAt">When it was started.</param>
internal sealed record WorkerIdentity(int Pid, int Group, DateTimeOffset StartedAt)
{
    /// <summary>That of this process.</summary>
    /// <param name="now">The time now.</param>
    public static WorkerIdentity OfThisProcess(DateTimeOffset now) =>
        new(Environment.ProcessId, ProcessTable.Find(Environment.ProcessId)?.Group ?? Environment.ProcessId, now);
}
