using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

internal sealed partial class DaemonReports
{
    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "The work area pool could not be asked; its figures are left out")]
    private partial void PoolUnknown(Exception failure);
}
