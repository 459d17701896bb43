using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Workareas;

internal sealed partial class WorkareaPool
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "Member {MemberId} of the pool is being made from {Repository}")]
    private partial void Warming(string memberId, string repository);

    [LoggerMessage(
        EventId = 2306,
        Level = LogLevel.Information,
        Message = "Eviction {CorrelationId}: {Repository}, older than {OlderThanSeconds} s; {Count} members of the pool are removed")]
    private partial void EvictionAsked(string repository, long olderThanSeconds, int count, string correlationId);

    [LoggerMessage(EventId = 2307, Level = LogLevel.Information, Message = "Eviction {CorrelationId}: member {MemberId} of {Repository} is removed")]
    private partial void Evicted(string memberId, string repository, string correlationId);
}
