using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Storage;

internal sealed partial class JournalRecovery
{
    [LoggerMessage(7101, LogLevel.Warning,
        "The journal file {Path} ended in {Length} bytes of a write that was never acknowledged; it was cut at byte {Offset}")]
    private partial void TornTail(string path, long offset, long length);

    [LoggerMessage(7103, LogLevel.Warning, "The journal file {Path} was being started when the last run ended; it holds no record and was removed")]
    private partial void UnfinishedLog(string path);

    [LoggerMessage(7102, LogLevel.Warning, "The journal file {Path} is damaged at byte {Offset}: {What}. Going on with what is intact, as accepted")]
    private partial void DamageAccepted(string path, long offset, string what);
}
