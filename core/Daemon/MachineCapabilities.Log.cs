using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

public sealed partial class MachineCapabilities
{
    [LoggerMessage(EventId = 1701, Level = LogLevel.Information, Message = "This machine provides {Kinds}")]
    private partial void Detected(IReadOnlyList<string> kinds);

    [LoggerMessage(EventId = 1702, Level = LogLevel.Warning, Message = "What this machine provides could not be found out")]
    private partial void NotDetected(Exception failure);
}
