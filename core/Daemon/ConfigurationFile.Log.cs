using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

public sealed partial class ConfigurationFile
{
    [LoggerMessage(EventId = 1104, Level = LogLevel.Information, Message = "{Path} has changed, and is in force: {Keys}")]
    private partial void Changed(string path, string keys);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Warning, Message = "{Path} has changed; only the next start of the daemon follows: {Keys}")]
    private partial void NeedsRestart(string path, string keys);

    [LoggerMessage(EventId = 1106, Level = LogLevel.Warning, Message = "{Path} is gone; what it said stays in force")]
    private partial void Missing(string path);

    [LoggerMessage(EventId = 1107, Level = LogLevel.Warning, Message = "{Path} has changed and cannot be used, so nothing is changed: {Violation}")]
    private partial void NotReloaded(string path, ConfigurationViolation violation);
}
