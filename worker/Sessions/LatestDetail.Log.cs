using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class LatestDetail
{
    [LoggerMessage(6501, LogLevel.Information, "The session goes on without its daemon: {Reason}")]
    private partial void DaemonIsAway(string reason);
}
