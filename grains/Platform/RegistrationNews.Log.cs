using Microsoft.Extensions.Logging;

namespace Donmai.Grains.Platform;

internal sealed partial class RegistrationNews
{
    [LoggerMessage(EventId = 2713, Level = LogLevel.Error, Message = "A change of the configuration could not be looked at for the registration")]
    private partial void NotReconsidered(Exception failure);
}
