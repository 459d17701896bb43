using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Daemon;

internal sealed partial class PoolUpkeep
{
    [LoggerMessage(5131, LogLevel.Warning, "The pool of work areas could not be looked after")]
    private partial void LogNotTended(Exception failure);
}
