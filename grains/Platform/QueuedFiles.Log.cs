using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class QueuedFiles
{
    [LoggerMessage(EventId = 2771, Level = LogLevel.Information, Message = "Work {FileName} of the queue is done: {State}")]
    private partial void Finished(string fileName, SessionState state);
}
