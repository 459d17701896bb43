using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Limits;

public sealed partial class SessionLimits
{
    [LoggerMessage(1611, LogLevel.Warning, "The control group of session {SessionId} cannot be made, so it runs without: {Reason}")]
    private partial void LogNotCreated(string sessionId, string reason);

    [LoggerMessage(1612, LogLevel.Warning, "What is in the control group of session {SessionId} cannot be killed: {Reason}")]
    private partial void LogNotKilled(string sessionId, string reason);

    [LoggerMessage(1613, LogLevel.Warning, "The control group of session {SessionId} cannot be removed: something in it does not end")]
    private partial void LogNotRemoved(string sessionId);
}
