using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Processes;

internal sealed partial class OutputFollower
{
    [LoggerMessage(2101, LogLevel.Information, "[child {Stream} sessionID={SessionID}] {Line}")]
    private partial void LogOutput(string stream, string sessionID, string line);

    [LoggerMessage(2102, LogLevel.Warning, "[child {Stream} sessionID={SessionID}] {Line}")]
    private partial void LogError(string stream, string sessionID, string line);

    [LoggerMessage(2103, LogLevel.Warning, "The output of session {SessionID} cannot be read: {Reason}")]
    private partial void LogUnreadable(string sessionID, string reason);

    [LoggerMessage(1601, LogLevel.Warning, "The log of session {SessionID} cannot be written: {Reason}; its lines are in this log alone")]
    private partial void LogNotLogged(string sessionID, string reason);

    [LoggerMessage(1602, LogLevel.Warning, "The output of session {SessionID} was more than could be read in time; what is missing from its log is in its record directory")]
    private partial void LogNotDrained(string sessionID);
}
