using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Routing;

internal sealed partial class RouterGrain
{
    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "What the router of {Machine} learnt last could not be recorded yet")]
    private partial void NotSaved(Exception failure, string machine);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Warning, Message = "Why session {SessionId} was refused could not be removed; it stays stored")]
    private partial void NotForgotten(Exception failure, string sessionId);
}
