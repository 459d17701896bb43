using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Routing;

internal sealed partial class RouterGrain
{
    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "What the router of {Machine} learnt last could not be recorded yet")]
    private partial void NotSaved(Exception failure, string machine);

    [LoggerMessage(EventId = 2405, Level = LogLevel.Warning, Message = "Session {SessionId} could not be started on {Failed}; next is {Next}")]
    private partial void FellBack(string sessionId, string failed, string next);

    [LoggerMessage(EventId = 2406, Level = LogLevel.Warning, Message = "Session {SessionId} could not be started on {Failed}, and no other provider is left for it")]
    private partial void CameToTheEnd(string sessionId, string failed);
}
