using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Limits;

internal sealed partial class MemoryWatch
{
    [LoggerMessage(1614, LogLevel.Warning, "Session {SessionId} uses {Used} MiB of memory, {Limit} are its limit: its largest process, {Pid}, is killed")]
    private partial void LogAboveLimit(string sessionId, long used, long limit, int pid);

    [LoggerMessage(1615, LogLevel.Warning, "The memory of sessions could not be looked at: {Reason}")]
    private partial void LogNotLooked(string reason);
}
