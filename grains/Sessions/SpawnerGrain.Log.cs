using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SpawnerGrain
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Session {SessionId} was refused: {Reason}")]
    private partial void Refused(string sessionId, string reason);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "Session {SessionId} could not be recovered; it keeps its slot")]
    private partial void NotRecovered(Exception failure, string sessionId);
}
