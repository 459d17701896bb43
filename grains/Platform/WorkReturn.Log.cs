using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class WorkReturn
{
    [LoggerMessage(EventId = 2761, Level = LogLevel.Warning, Message = "The platform does not take the work of session {SessionId} back: {Reason}")]
    private partial void NotTaken(string sessionId, string reason);

    [LoggerMessage(EventId = 2762, Level = LogLevel.Warning, Message = "The work of session {SessionId} could not be given back yet: {Reason}")]
    private partial void NotGiven(string sessionId, string reason);
}
