using Donmai.Core.Daemon;
using Donmai.Core.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

/// <summary>The process tree of a session, as far as it has to be ended (daemon-runtime.md §9.7).</summary>
/// <param name="sessionId">The session.</param>
/// <param name="session">Its record.</param>
/// <param name="processes">The machine's processes.</param>
/// <param name="configuration">The grace period.</param>
/// <param name="logger">The session's log.</param>
internal sealed partial class SessionTree(
    string sessionId, Func<SessionRecord> session, ISessionProcesses processes, IDaemonConfiguration configuration, ILogger logger)
{
    /// <summary>Whether the last try to end it has failed.</summary>
    public bool IsNotEnded { get; private set; }

    /// <summary>Ends it, after the grace period unless it is to end immediately. Observes its own failure; nobody waits for it.</summary>
    public async Task End()
    {
        IsNotEnded = false;
        try
        {
            var grace = session().Stop is { Immediately: true } ? TimeSpan.Zero : TimeSpan.FromSeconds(configuration.Current.StopGraceSeconds);
            if (session().Process is { } process)
                await processes.Stop(sessionId, process, grace);
        }
        catch (Exception failure)
        {
            IsNotEnded = true;
            NotEnded(failure, sessionId);
        }
    }
}
