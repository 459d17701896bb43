using System.Runtime.CompilerServices;
using Donmai.Core.Sessions;
using Donmai.Core.Sessions.Logs;
using Donmai.Core.Workareas;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Grains.Sessions;

/// <summary>Those who follow a session's events or its log.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="session">Its record.</param>
/// <param name="events">Reads event logs.</param>
/// <param name="logs">Reads the logs of sessions.</param>
/// <param name="archives">Where the event log is once the session has ended.</param>
/// <param name="metrics">Counts who follows.</param>
internal sealed class SessionFollowing(
    string sessionId, Func<SessionRecord> session, ISessionEventLog events, SessionLogReader logs, IWorkareaArchives archives, SessionMetrics metrics)
{
    private int _followers;

    /// <summary>Whether anybody does now.</summary>
    public bool IsFollowed => _followers > 0;

    /// <summary>Number of the last event that there is.</summary>
    public async Task<long> LastSeq() => await events.LastSeq(await EventLog());

    /// <summary>The events after a number, until the session has ended and all were read.</summary>
    public async IAsyncEnumerable<AgentEvent> Events(
        long after, Task ended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var following = metrics.Following();
        _followers++;
        try
        {
            await foreach (var next in events.Follow(await EventLog(), after, ended, cancellationToken))
                yield return next;
        }
        finally
        {
            _followers--;
        }
    }

    /// <summary>The lines of the log, and those to come while it is followed.</summary>
    public async IAsyncEnumerable<string> Logs(SessionLogRequest request, Task ended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _followers++;
        try
        {
            await foreach (var lines in logs.Read(sessionId, request.Tail, request.Follow ? ended : Task.CompletedTask, cancellationToken))
                yield return lines;
        }
        finally
        {
            _followers--;
        }
    }

    private Task<string> EventLog() => SessionPlaces.EventLog(
        session().Lease, session().Archive is { ArchiveId.Length: > 0 } archive ? archives.EventLogPath(archive.ArchiveId) : null);
}
