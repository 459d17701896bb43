using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SessionBeginning
{
    [LoggerMessage(EventId = 2205, Level = LogLevel.Warning, Message = "Session {SessionId} was refused, but its record could not be removed")]
    private partial void SomethingLeft(Exception failure, string sessionId);
}
