using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class HeartbeatGrain
{
    [LoggerMessage(EventId = 2721, Level = LogLevel.Warning, Message = "The platform did not take a heartbeat: {Reason}")]
    private partial void NotHeard(string reason);

    [LoggerMessage(EventId = 2722, Level = LogLevel.Warning, Message = "The platform is unreachable: {Missed} heartbeats in a row were missed, the last one because {Reason}")]
    private partial void Unreachable(int missed, string reason);

    [LoggerMessage(EventId = 2723, Level = LogLevel.Information, Message = "The platform takes heartbeats again, after {Missed} that were missed")]
    private partial void ReachableAgain(int missed);

    [LoggerMessage(EventId = 2724, Level = LogLevel.Warning, Message = "The platform took a heartbeat, but nothing could be read of its answer: {Reason}")]
    private partial void NotUnderstood(string reason);

    [LoggerMessage(EventId = 2725, Level = LogLevel.Warning, Message = "The platform says of this host: {HostStatus} {RecommendedAction}")]
    private partial void HostStatusIs(string hostStatus, string? recommendedAction);
}
