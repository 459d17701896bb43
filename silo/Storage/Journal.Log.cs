using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Storage;

internal sealed partial class Journal
{
    [LoggerMessage(7110, LogLevel.Debug, "The journal in {Directory} was compacted from {Before} to {After} bytes")]
    private partial void Compacted(string directory, long before, long after);

    [LoggerMessage(7111, LogLevel.Error, "The journal in {Directory} could not be compacted; it works on and grows until the next attempt")]
    private partial void NotCompacted(string directory, Exception failure);

    [LoggerMessage(7112, LogLevel.Warning, "The journal in {Directory} could not start a new file; the present one serves on")]
    private partial void LogNotStarted(string directory, Exception failure);
}
