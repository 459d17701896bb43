using Microsoft.Extensions.Logging;

namespace Donmai.Core.Platform;

public sealed partial class RegistrationCache
{
    [LoggerMessage(EventId = 1801, Level = LogLevel.Warning, Message = "The cached registration {Path} cannot be read and is passed over: {Reason}")]
    private partial void NotRead(string path, string reason);

    [LoggerMessage(EventId = 1802, Level = LogLevel.Warning, Message = "The registration cannot be cached in {Path}, so the next start registers anew: {Reason}")]
    private partial void NotWritten(string path, string reason);

    [LoggerMessage(EventId = 1803, Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void NotDeleted(string problem);
}
