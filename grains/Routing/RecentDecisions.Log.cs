using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Routing;

internal sealed partial class RecentDecisions
{
    [LoggerMessage(EventId = 2402, Level = LogLevel.Warning, Message = "Why session {SessionId} was refused could not be removed; it stays stored")]
    private partial void NotForgotten(Exception failure, string sessionId);

    [LoggerMessage(EventId = 2403, Level = LogLevel.Warning, Message = "{Count} routing decisions could not be added to the list of recent ones; a restart forgets them there")]
    private partial void NotKept(Exception failure, int count);

    [LoggerMessage(EventId = 2404, Level = LogLevel.Warning, Message = "The recent routing decisions could not be read; the list begins anew")]
    private partial void NotRead(Exception failure);

    [LoggerMessage(EventId = 2407, Level = LogLevel.Warning, Message = "The list of recent routing decisions has not been written for {Seconds} s; sessions do not wait for it")]
    private partial void NotKeptYet(double seconds);
}
