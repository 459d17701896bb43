using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Updates;

internal sealed partial class SelfUpdate
{
    [LoggerMessage(EventId = 1421, Level = LogLevel.Information, Message = "Version {Version} is fetched from {Address}")]
    private partial void Fetching(string version, Uri address);

    [LoggerMessage(EventId = 1422, Level = LogLevel.Information, Message = "Version {Version} is verified ({Reason}) and will take the place of {Current}")]
    private partial void Verified(string version, string reason, string current);

    [LoggerMessage(EventId = 1423, Level = LogLevel.Information, Message = "Version {Version} is in place of {Current} at {Location}")]
    private partial void Installed(string version, string current, string location);

    [LoggerMessage(EventId = 1424, Level = LogLevel.Warning, Message = "No update: {Reason}")]
    private partial void Failed(Exception? failure, string reason);

    [LoggerMessage(EventId = 1425, Level = LogLevel.Warning, Message = "{Path} is left behind: {Problem}")]
    private partial void NotRemoved(string path, string problem);
}
