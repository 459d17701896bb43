using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

internal sealed partial class UpdateRun
{
    [LoggerMessage(EventId = 1431, Level = LogLevel.Error, Message = "The update failed")]
    private partial void Failed(Exception failure);

    [LoggerMessage(EventId = 1432, Level = LogLevel.Error, Message = "The end of the update ({Reason}) could not be told")]
    private partial void NotTold(Exception failure, string reason);

    [LoggerMessage(EventId = 1433, Level = LogLevel.Information, Message = "The update is given up, for the daemon stops")]
    private partial void GivenUp();
}
