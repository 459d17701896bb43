using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Updates;

public sealed partial class UpdateRecord
{
    [LoggerMessage(EventId = 1401, Level = LogLevel.Warning, Message = "{Path} cannot be read, so nothing is known of earlier updates: {Problem}")]
    private partial void Unreadable(string path, string problem);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning, Message = "{Path} cannot be written; should the new version not start, it stays: {Problem}")]
    private partial void NotWritten(string path, string problem);

    [LoggerMessage(EventId = 1403, Level = LogLevel.Error, Message = "Version {Version} was started {Starts} times and did not run; version {Previous} is put back, and {Version} is not installed again")]
    private partial void GivenUp(string? version, int starts, string? previous);

    [LoggerMessage(EventId = 1404, Level = LogLevel.Error, Message = "Version {Previous} cannot be put back: {Problem}")]
    private partial void NotRestored(string? previous, string problem);

    [LoggerMessage(EventId = 1405, Level = LogLevel.Information, Message = "Version {Version} runs in place of {Previous}")]
    private partial void Proven(string version, string? previous);
}
