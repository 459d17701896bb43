using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas.Restoring;

internal sealed partial class RestoredWorkareas
{
    [LoggerMessage(2221, LogLevel.Information, "Archive {ArchiveId} was restored as {WorkareaId} for session {SessionId}, reason: {Reason}")]
    private partial void LogRestored(string archiveId, string workareaId, string sessionId, string reason);

    [LoggerMessage(2222, LogLevel.Warning, "Archive {ArchiveId} could not be restored: {Problem}")]
    private partial void LogNotRestored(string archiveId, string problem);

    [LoggerMessage(2223, LogLevel.Information, "Restored work area {WorkareaId} was removed")]
    private partial void LogRemoved(string workareaId);

    [LoggerMessage(2224, LogLevel.Information, "Interrupted restore {Name} was removed")]
    private partial void LogLeftoverRemoved(string name);

    [LoggerMessage(2225, LogLevel.Warning, "{Name} is left of a restored work area and cannot be removed: {Problem}")]
    private partial void LogLeftoverKept(string name, string problem);

    [LoggerMessage(2226, LogLevel.Warning, "Restore record {Name} cannot be read; its work area is not listed")]
    private partial void LogUnreadable(string name);
}
