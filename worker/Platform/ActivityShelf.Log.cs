using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Platform;

internal sealed partial class ActivityShelf
{
    [LoggerMessage(3411, LogLevel.Warning, "Activities cannot be kept on disk until the platform takes them")]
    private static partial void NotKept(ILogger log, Exception error);
}
