using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

public sealed partial class ConfigurationWatcher
{
    [LoggerMessage(EventId = 1108, Level = LogLevel.Warning, Message = "{Path} cannot be watched; changes of it count from the next start")]
    private partial void NotWatched(Exception failure, string path);

    [LoggerMessage(EventId = 1109, Level = LogLevel.Error, Message = "The configuration could not be read again")]
    private partial void ReloadFailed(Exception failure);
}
