using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class AgentDesk
{
    [LoggerMessage(6101, LogLevel.Information, "{Provider} runs as process {Pid}")]
    private partial void ProcessStarted(string provider, int pid);

    [LoggerMessage(6102, LogLevel.Information, "{Provider}, process {Pid}, has ended")]
    private partial void ProcessEnded(string provider, int pid);

    [LoggerMessage(6103, LogLevel.Information, "{Provider} says on standard error: {Line}")]
    private partial void Complained(string provider, string line);

    [LoggerMessage(6105, LogLevel.Warning, "The process of {Provider} could not be written to the session's record")]
    private partial void ProcessNotRecorded(string provider, Exception error);

    [LoggerMessage(6104, LogLevel.Information, "{Provider}: {Note}")]
    private partial void Noted(string provider, string note);
}
