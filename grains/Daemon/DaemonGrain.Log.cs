using Donmai.Core.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Daemon;

internal sealed partial class DaemonGrain
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Daemon of {Machine} runs; {Sessions} sessions of its former life go on")]
    private partial void Started(string machine, int sessions);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "The daemon is now: {Phase}")]
    private partial void Entered(DaemonPhase phase);
}
