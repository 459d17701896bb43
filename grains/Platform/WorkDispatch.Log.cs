using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class WorkDispatch
{
    [LoggerMessage(EventId = 2751, Level = LogLevel.Warning, Message = "The platform has sent work that does not say which session it is; nothing can be done about it: {Reason}")]
    private partial void WithoutId(string reason);

    [LoggerMessage(EventId = 2752, Level = LogLevel.Warning, Message = "Work of session {SessionId} is given back to the platform ({RefusalReason}): {Reason}")]
    private partial void GivenBack(string sessionId, string refusalReason, string reason);
}
