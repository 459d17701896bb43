using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

public sealed partial class DaemonHost
{
    [LoggerMessage(EventId = 5101, Level = LogLevel.Information, Message = "Started; the control API is {Address}")]
    private partial void Started(Uri address);

    [LoggerMessage(EventId = 5102, Level = LogLevel.Information, Message = "Stopping; sessions go on and are found again by the next start")]
    private partial void Stopping();

    [LoggerMessage(EventId = 5103, Level = LogLevel.Information, Message = "Stopped")]
    private partial void Stopped();

    [LoggerMessage(EventId = 5104, Level = LogLevel.Warning, Message = "No Unix domain socket: the path {Path} is too long for one")]
    private partial void NoUnixSocket(string path);
}
