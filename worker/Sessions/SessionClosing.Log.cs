using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class SessionClosing
{
    [LoggerMessage(3601, LogLevel.Error, "The worker could not {What}")]
    private static partial void StepFailed(ILogger log, string what, Exception error);
}
