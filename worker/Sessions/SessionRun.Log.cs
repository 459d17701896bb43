using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class SessionRun
{
    [LoggerMessage(6401, LogLevel.Error, "The session ended by something unforeseen")]
    private static partial void Unforeseen(ILogger log, Exception error);

    [LoggerMessage(3612, LogLevel.Warning, "The agent gets the platform's token itself; session.exposeToken: false gives it the file that holds it alone")]
    private static partial void TokenExposed(ILogger log);
}
