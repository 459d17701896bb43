using Microsoft.Extensions.Logging;

namespace Donmai.Core.Providers;

public sealed partial class ProviderProbes
{
    [LoggerMessage(EventId = 1711, Level = LogLevel.Information, Message = "Provider {Provider} is {Status}: {Detail}")]
    private partial void Found(string provider, string status, string detail);

    [LoggerMessage(EventId = 1712, Level = LogLevel.Error, Message = "Provider {Provider} could not be looked at")]
    private partial void NotAsked(Exception failure, string provider);
}
