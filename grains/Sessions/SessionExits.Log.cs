using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SessionExits
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Error, Message = "The end of session {SessionId} could not be recorded; trying again in {Seconds} s")]
    private partial void NotTaken(Exception failure, string sessionId, double seconds);
}
