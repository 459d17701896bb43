using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions.Logs;

public sealed partial class SessionRetention
{
    [LoggerMessage(1621, LogLevel.Information, "Removed what ended sessions had left: {Logs} log files, {Records} record directories, {Trees} unfinished work trees")]
    private partial void LogRemoved(int logs, int records, int trees);

    [LoggerMessage(1622, LogLevel.Warning, "{Path}, which an ended session left, cannot be removed: {Reason}")]
    private partial void LogNotRemoved(string path, string reason);
}
