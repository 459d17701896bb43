using Microsoft.Extensions.Logging;

namespace Donmai.Core.Sessions;

internal sealed partial class EventLogReader
{
    [LoggerMessage(2131, LogLevel.Warning, "{Path}: the line after event {Seq} is skipped: {Reason}")]
    private static partial void LogUnreadableLine(ILogger log, string path, long seq, string reason);

    [LoggerMessage(2132, LogLevel.Warning, "{Path}: the line after event {Seq} is skipped: it is longer than {Limit} bytes")]
    private static partial void LogLineTooLong(ILogger log, string path, long seq, int limit);
}
