using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas;

internal sealed partial class ArchiveRetention
{
    [LoggerMessage(2211, LogLevel.Information, "Archive {ArchiveId} is removed: {Why}")]
    private partial void LogRetired(string archiveId, string why);

    [LoggerMessage(2212, LogLevel.Information, "Archive {ArchiveId} is beyond what is kept and stays for now: {Reason}")]
    private partial void LogKept(string archiveId, string reason);

    [LoggerMessage(2213, LogLevel.Warning, "What archive {ArchiveId} takes of the disk is not known: {Reason}")]
    private partial void LogNotMeasured(string archiveId, string reason);
}
