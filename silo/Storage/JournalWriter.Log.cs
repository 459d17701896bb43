using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Storage;

internal sealed partial class JournalWriter
{
    [LoggerMessage(7104, LogLevel.Warning, "The journal file {Path} could not be cut to {Length} bytes after a failed write; a new one follows it")]
    private partial void NotCut(string path, long length, Exception failure);
}
