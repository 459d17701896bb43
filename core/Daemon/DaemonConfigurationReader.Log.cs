using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

public sealed partial class DaemonConfigurationReader
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning,
        Message = "Project {ProjectId} names its repository {Repository} by the former key repoUrl; rename the key to repository")]
    private partial void LegacyRepoUrl(string projectId, string repository);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning,
        Message = "{Key} is {Reserved}, which is more than the {Present} of this machine")]
    private partial void MoreReservedThanThere(string key, long reserved, long present);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning,
        Message = "Archives are kept in {Path}, where the former product kept them; move that directory into the state directory to change it")]
    private partial void LegacyArchives(string path);
}
