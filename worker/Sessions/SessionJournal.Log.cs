using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class SessionJournal
{
    [LoggerMessage(6001, LogLevel.Information, "Phase {Phase}")]
    private partial void PhaseEntered(string phase);

    [LoggerMessage(6002, LogLevel.Warning, "Events can no longer be written to {Path}")]
    private partial void EventsNotWritten(string path, Exception error);

    [LoggerMessage(6003, LogLevel.Warning, "The session's record could not be written")]
    private partial void RecordNotWritten(Exception error);
}
