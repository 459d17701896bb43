using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Gateway.Workareas;

internal sealed partial class WorkareaDiffStream
{
    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning, Message = "{Path} broke off")]
    private static partial void BrokeOff(ILogger logger, Exception failure, PathString path);
}
