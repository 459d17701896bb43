using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Workareas;

internal sealed partial class MirrorStore
{
    private readonly ILogger _log = log;

    [LoggerMessage(6201, LogLevel.Warning, "The mirror {Mirror} is damaged ({Reason}); it was moved to {Aside} and is made anew")]
    private partial void MirrorDamaged(string mirror, string aside, string reason);

    [LoggerMessage(6202, LogLevel.Information, "Another worker has held {Lock} for {Seconds} s")]
    private partial void MirrorHeld(string @lock, double seconds);
}
