using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Workareas;

internal sealed partial class WorkareaPoolGrain
{
    [LoggerMessage(EventId = 2310, Level = LogLevel.Warning, Message = "A work area of this machine cannot be paused; the tree of session {SessionId} was removed")]
    private partial void NotPaused(string sessionId);
}
