using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas;

internal sealed partial class WorkareaArchives
{
    [LoggerMessage(2201, LogLevel.Information, "Archive {ArchiveId} holds the tree of session {SessionId}")]
    private partial void LogArchived(string archiveId, string sessionId);

    [LoggerMessage(2202, LogLevel.Warning, "The tree of session {SessionId} could not be archived: {Reason}")]
    private partial void LogNotArchived(string sessionId, string reason);

    [LoggerMessage(2203, LogLevel.Information, "Session {SessionId} left {Path} in its tree, which no archive can hold; it was taken out")]
    private partial void LogSpecialRemoved(string sessionId, string path);

    [LoggerMessage(2204, LogLevel.Information, "Interrupted archive {Name} was dealt with")]
    private partial void LogRecovered(string name);

    [LoggerMessage(2205, LogLevel.Warning, "Interrupted archive {Name} cannot be dealt with: {Reason}")]
    private partial void LogNotRecovered(string name, string reason);

    [LoggerMessage(2206, LogLevel.Information, "Archive {ArchiveId} was removed")]
    private partial void LogRemoved(string archiveId);
}
