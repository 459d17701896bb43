using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Processes;

internal sealed partial class SessionEndings
{
    [LoggerMessage(2111, LogLevel.Debug, "Process {Pid} of session {SessionId} has ended: exit code {ExitCode}, signal {Signal}")]
    private partial void LogEnded(string sessionId, int pid, int? exitCode, int? signal);

    [LoggerMessage(2112, LogLevel.Information, "Session {SessionId} left processes behind; they are killed")]
    private partial void LogLeftovers(string sessionId);

    [LoggerMessage(2113, LogLevel.Warning, "{Count} processes of session {SessionId} could not be ended: {Pids}")]
    private partial void LogNotEnded(string sessionId, int count, string pids);

    [LoggerMessage(2114, LogLevel.Warning, "The exit record of session {SessionId} cannot be read: {Reason}")]
    private partial void LogRecordUnreadable(string sessionId, string reason);

    [LoggerMessage(2115, LogLevel.Error, "The end of session {SessionId} could not be dealt with and reported; it is tried again")]
    private partial void LogNotReported(Exception failure, string sessionId);

    [LoggerMessage(2116, LogLevel.Warning, "The end of session {SessionId} is left to the next start of the daemon")]
    private partial void LogLeftToNextStart(Exception failure, string sessionId);

    [LoggerMessage(2117, LogLevel.Warning, "The processes of the machine could not be counted: {Reason}")]
    private partial void LogNotCounted(string reason);
}
