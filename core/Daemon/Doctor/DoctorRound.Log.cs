using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Doctor;

public sealed partial class DoctorRound
{
    [LoggerMessage(EventId = 1721, Level = LogLevel.Error, Message = "The doctor could not look at {Check}")]
    private partial void NotLooked(Exception failure, string check);
}
