using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SessionRecording
{
    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "What is known of session {SessionId} could not be recorded; it goes on, or is being stopped, as asked")]
    private partial void NotRecorded(Exception failure, string sessionId);
}
