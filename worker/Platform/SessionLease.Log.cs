using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Platform;

internal sealed partial class SessionLease
{
    [LoggerMessage(3501, LogLevel.Warning, "The session's lock could not be refreshed: {Reason}")]
    private static partial void NotRefreshed(ILogger log, string reason);

    [LoggerMessage(3503, LogLevel.Warning, "The first refresh of the session's lock takes longer than {Seconds} s; the session begins meanwhile")]
    private static partial void Waited(ILogger log, double seconds);

    [LoggerMessage(3502, LogLevel.Error, "The session is lost: {Reason}")]
    private static partial void Lost(ILogger log, string reason);
}
