using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

internal sealed partial class SessionSweep
{
    [LoggerMessage(1623, LogLevel.Warning, "What ended sessions have left was not looked through; it is tried again in an hour")]
    private partial void LogNotSwept(Exception failure);
}
