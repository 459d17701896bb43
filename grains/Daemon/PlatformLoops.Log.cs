using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

internal sealed partial class PlatformLoops
{
    [LoggerMessage(EventId = 2791, Level = LogLevel.Warning, Message = "While the daemon ends, {What} could not be ended in good order")]
    private partial void NotEnded(string what, Exception failure);
}
