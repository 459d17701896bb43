using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Sessions;

internal sealed partial class SessionGrain
{
    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "Session {SessionId} was found again; its process {Pid} goes on")]
    private partial void Adopted(string sessionId, int pid);
}
