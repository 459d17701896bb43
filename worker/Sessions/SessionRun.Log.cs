using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class SessionRun
{
    [LoggerMessage(6401, LogLevel.Error, "The session ended by something unforeseen")]
    private static partial void Unforeseen(ILogger log, Exception error);
}
