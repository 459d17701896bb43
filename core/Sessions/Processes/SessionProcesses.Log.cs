using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Processes;

internal sealed partial class SessionProcesses
{
    [LoggerMessage(2121, LogLevel.Debug, "Session {SessionId} runs as process {Pid}")]
    private partial void LogStarted(string sessionId, int pid);

    [LoggerMessage(2122, LogLevel.Information, "Session {SessionId} was found again as process {Pid}")]
    private partial void LogAdopted(string sessionId, int pid);

    [LoggerMessage(2123, LogLevel.Information, "Session {SessionId}, process {Pid}: asked to terminate")]
    private partial void LogTerminating(string sessionId, int pid);

    [LoggerMessage(2124, LogLevel.Information, "Session {SessionId}, process {Pid}: killed with everything that belongs to it")]
    private partial void LogKilling(string sessionId, int pid);

    [LoggerMessage(2125, LogLevel.Warning, "{Count} processes of session {SessionId} could not be ended")]
    private partial void LogNotEnded(string sessionId, int count);

    [LoggerMessage(2126, LogLevel.Information, "{Count} processes left by session {SessionId}, which has ended, were killed")]
    private partial void LogKilledLeftovers(string sessionId, int count);

    [LoggerMessage(2127, LogLevel.Warning, "The exit record of session {SessionId} cannot be read: {Reason}")]
    private partial void LogRecordUnreadable(string sessionId, string reason);
}
