using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

public sealed partial class DaemonHost
{
    [LoggerMessage(EventId = 5101, Level = LogLevel.Information, Message = "Started; the control API is {Address}")]
    private partial void Started(Uri address);

    [LoggerMessage(EventId = 5102, Level = LogLevel.Information, Message = "Stopping: {Reason}")]
    private partial void Stopping(string reason);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Information, Message = "Stopped")]
    private partial void Stopped();

    [LoggerMessage(EventId = 5104, Level = LogLevel.Warning, Message = "No Unix domain socket: the path {Path} is too long for one")]
    private partial void NoUnixSocket(string path);

    [LoggerMessage(EventId = 5105, Level = LogLevel.Error, Message = "The control API cannot be reached any more, so the daemon ends: {Reason}")]
    private partial void ControlLost(string reason);

    [LoggerMessage(EventId = 5106, Level = LogLevel.Error, Message = "The daemon could not end in good order")]
    private partial void NotStoppedWell(Exception failure);
}
