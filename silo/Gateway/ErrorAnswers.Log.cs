using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Gateway;

internal sealed partial class ErrorAnswers
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Debug, Message = "Request {Request}: the client went away")]
    private partial void ClientLeft(string request);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void Failed(Exception exception, string method, string path);
}
