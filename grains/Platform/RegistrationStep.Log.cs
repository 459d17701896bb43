using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class RegistrationStep
{
    [LoggerMessage(EventId = 2714, Level = LogLevel.Error, Message = "A step of the registration broke down; it is repeated in a minute")]
    private partial void Broke(Exception failure);
}
