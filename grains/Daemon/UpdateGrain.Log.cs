using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

internal sealed partial class UpdateGrain
{
    [LoggerMessage(EventId = 1441, Level = LogLevel.Debug, Message = "The next look for an update is at {Moment}")]
    private partial void Planned(DateTimeOffset moment);

    [LoggerMessage(EventId = 1442, Level = LogLevel.Debug, Message = "Update ended: {Reason}; version {Version}")]
    private partial void Ended(string reason, string version);
}
