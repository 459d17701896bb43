using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Platform;

internal sealed partial class TerminalOutbox
{
    [LoggerMessage(3421, LogLevel.Error, "The session's outbox cannot be written; what cannot be sent now may be lost")]
    private static partial void NotWritten(ILogger log, Exception error);
}
