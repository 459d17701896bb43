using Microsoft.Extensions.Logging;

namespace Donmai.Core.Routing;

public sealed partial class RoutingLog
{
    [LoggerMessage(EventId = 1901, Level = LogLevel.Warning, Message = "{Count} of the recent lines of {Path} cannot be read; those decisions are left out")]
    private partial void Damaged(string path, int count);
}
