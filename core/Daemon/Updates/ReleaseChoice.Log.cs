using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Updates;

internal sealed partial class ReleaseChoice
{
    [LoggerMessage(EventId = 1411, Level = LogLevel.Information, Message = "Version {Version} did not run on this machine and is not installed again")]
    private partial void LeftOut(string version);
}
