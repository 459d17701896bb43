using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class PlatformTokenFile
{
    [LoggerMessage(3611, LogLevel.Warning, "The file with the platform's token, {Path}, cannot be written")]
    private partial void NotWritten(string path, Exception error);
}
