using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class SessionWorker
{
    [LoggerMessage(6301, LogLevel.Information, "Session {SessionId} ended: {Status}, {ExitReason}")]
    private static partial void Ended(ILogger log, string sessionId, string status, string exitReason);
}
