using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class SessionWorker
{
    [LoggerMessage(6301, LogLevel.Information, "Session {SessionId} ended: {Status}, {ExitReason}")]
    private static partial void Ended(ILogger log, string sessionId, string status, string exitReason);

    [LoggerMessage(6302, LogLevel.Warning, "{Count} processes of the agent of an earlier worker of this session were still there and were killed")]
    private static partial void FormerAgentsKilled(ILogger log, int count);
}
