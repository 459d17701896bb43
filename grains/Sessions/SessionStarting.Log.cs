using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SessionStarting
{
    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "Session {SessionId} runs, but why it runs where it runs could not be recorded")]
    private partial void NotTraced(Exception failure, string sessionId);

    [LoggerMessage(EventId = 2109, Level = LogLevel.Warning, Message = "What led to the refusal of session {SessionId} could not be recorded")]
    private partial void RefusalNotTraced(Exception failure, string sessionId);
}
