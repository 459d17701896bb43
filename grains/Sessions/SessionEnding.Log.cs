using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SessionEnding
{
    [LoggerMessage(EventId = 2204, Level = LogLevel.Error, Message = "The work area of session {SessionId} could not be archived; it stays where it is")]
    private partial void NotArchived(Exception failure, string sessionId);

    [LoggerMessage(EventId = 2206, Level = LogLevel.Information, Message = "Session {SessionId} has ended: {State}")]
    private partial void Ended(string sessionId, SessionState state);
}
