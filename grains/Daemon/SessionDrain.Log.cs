using Donmai.Sessions;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

internal sealed partial class SessionDrain
{
    [LoggerMessage(EventId = 2011, Level = LogLevel.Information, Message = "Waiting up to {Timeout} for {Sessions} sessions to end")]
    private partial void Waiting(int sessions, TimeSpan timeout);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Information, Message = "Session {SessionId} has ended as {State}; {Left} left to wait for")]
    private partial void OneLess(string sessionId, SessionState state, int left);

    [LoggerMessage(EventId = 2013, Level = LogLevel.Information, Message = "{Sessions} sessions did not end in time and are being ended")]
    private partial void Ending(int sessions);

    [LoggerMessage(EventId = 2014, Level = LogLevel.Error, Message = "Sessions could not be asked to end; trying again")]
    private partial void NotEnded(Exception failure);

    [LoggerMessage(EventId = 2015, Level = LogLevel.Warning, Message = "{Sessions} sessions could not be ended and are left behind: {SessionIds}; the next start looks for them")]
    private partial void LeftBehind(int sessions, string sessionIds);
}
