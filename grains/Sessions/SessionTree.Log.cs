using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SessionTree
{
    [LoggerMessage(EventId = 2203, Level = LogLevel.Error, Message = "Session {SessionId} could not be ended")]
    private partial void NotEnded(Exception failure, string sessionId);
}
