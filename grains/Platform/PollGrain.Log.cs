using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class PollGrain
{
    [LoggerMessage(EventId = 2741, Level = LogLevel.Warning, Message = "Work could not be asked for: {Reason}")]
    private partial void NotAnswered(string reason);

    [LoggerMessage(EventId = 2742, Level = LogLevel.Warning, Message = "The platform says that it has claimed the work that it sends, but not that of session {SessionId}; it is taken all the same")]
    private partial void NotClaimed(string sessionId);

    [LoggerMessage(EventId = 2743, Level = LogLevel.Warning, Message = "{Count} messages of the platform cannot be read and are left out")]
    private partial void MessagesMalformed(int count);

    [LoggerMessage(EventId = 2744, Level = LogLevel.Information, Message = "{Count} messages of the platform wait for the agent of session {SessionId}")]
    private partial void Delivered(int count, string sessionId);

    [LoggerMessage(EventId = 2745, Level = LogLevel.Warning, Message = "{Count} messages of the platform are for session {SessionId}, which does not run here")]
    private partial void NobodyThere(int count, string sessionId);

    [LoggerMessage(EventId = 2746, Level = LogLevel.Warning, Message = "{Count} messages of the platform could not be given to session {SessionId}")]
    private partial void NotDelivered(Exception failure, int count, string sessionId);

    [LoggerMessage(EventId = 2747, Level = LogLevel.Warning, Message = "{Count} git credentials of the platform cannot be used: each needs a token, the https URL of a repository, and a time of expiry or none")]
    private partial void CredentialsUnusable(int count);
}
