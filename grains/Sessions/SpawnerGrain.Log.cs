using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SpawnerGrain
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Session {SessionId} was refused: {Reason}")]
    private partial void Refused(string sessionId, string reason);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "Session {SessionId} could not be recovered; it keeps its slot, and is tried again")]
    private partial void NotRecovered(Exception failure, string sessionId);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Debug, Message = "Nothing is known of session {SessionId} yet")]
    private partial void NotKnown(Exception failure, string sessionId);

    [LoggerMessage(EventId = 2106, Level = LogLevel.Error, Message = "Session {SessionId} could not be asked to end")]
    private partial void NotAskedToEnd(Exception failure, string sessionId);

    [LoggerMessage(EventId = 2107, Level = LogLevel.Warning, Message = "The daemon could not be told of the end of session {SessionId}")]
    private partial void NotTold(Exception failure, string sessionId);

    [LoggerMessage(EventId = 2108, Level = LogLevel.Information, Message = "Session {SessionId} was accepted")]
    private partial void Accepted(string sessionId);
}
