using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SessionGrain
{
    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "Session {SessionId} was found again; its process {Pid} goes on")]
    private partial void Adopted(string sessionId, int pid);

    [LoggerMessage(EventId = 2205, Level = LogLevel.Warning, Message = "Session {SessionId} was refused, but its record could not be removed")]
    private partial void SomethingLeft(Exception failure, string sessionId);

    [LoggerMessage(EventId = 2206, Level = LogLevel.Information, Message = "Session {SessionId} has ended: {State}")]
    private partial void Ended(string sessionId, SessionState state);
}
