using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas;

internal sealed partial class ArchiveUpkeep
{
    [LoggerMessage(2214, LogLevel.Debug, "Archive {ArchiveId} has an index of {Entries} entries")]
    private partial void LogIndexed(string archiveId, long entries);

    [LoggerMessage(2215, LogLevel.Warning, "Archive {ArchiveId} has no index: {Reason}")]
    private partial void LogNotIndexed(string archiveId, string reason);

    [LoggerMessage(2216, LogLevel.Warning, "Archives beyond the limits cannot be removed: {Reason}")]
    private partial void LogNotSwept(string reason);
}
