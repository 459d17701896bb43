using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon;

public sealed partial class DaemonConfigurationReader
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning,
        Message = "Project {ProjectId} names its repository {Repository} by the former key repoUrl; rename the key to repository")]
    private partial void LegacyRepoUrl(string projectId, string repository);
}
