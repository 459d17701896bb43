using Donmai.Workareas;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Workareas;

internal sealed partial class PoolLife
{
    [LoggerMessage(EventId = 2302, Level = LogLevel.Information, Message = "Member {MemberId} of the pool is ready: {Repository} at {Commit}")]
    private partial void Warmed(string memberId, string repository, string commit);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Warning, Message = "Member {MemberId} of the pool, {Repository}: {Work} failed: {Reason}")]
    private partial void NotDone(string memberId, string repository, SeedWork work, string reason);

    [LoggerMessage(EventId = 2304, Level = LogLevel.Information, Message = "Member {MemberId} of the pool, {Repository}, is invalid for {Reason} and is made anew")]
    private partial void Invalid(string memberId, string repository, string reason);

    [LoggerMessage(EventId = 2305, Level = LogLevel.Information, Message = "Member {MemberId} of the pool, {Repository}, is removed: {Reason}")]
    private partial void Retired(string memberId, string repository, string reason);

    [LoggerMessage(EventId = 2308, Level = LogLevel.Warning, Message = "The pool takes {Used} bytes of the {Limit} that capacity.poolMaxDiskGb allows")]
    private partial void NearlyFull(long used, long limit);

    [LoggerMessage(EventId = 2309, Level = LogLevel.Warning, Message = "The members of the pool could not be written down; it is tried again with the next change")]
    private partial void NotKept(Exception failure);
}
