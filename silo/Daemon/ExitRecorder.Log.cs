using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

internal sealed partial class ExitRecorder
{
    [LoggerMessage(EventId = 5111, Level = LogLevel.Warning, Message = "The daemon before this one did not end well: {End}. Its sessions are looked for")]
    private partial void EndedBadly(string end);

    [LoggerMessage(EventId = 5112, Level = LogLevel.Warning, Message = "How the daemon ended could not be recorded ({Reason}): {End}")]
    private partial void NotRecorded(string reason, string end);
}
