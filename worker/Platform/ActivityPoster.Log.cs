using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Platform;

public sealed partial class ActivityPoster
{
    [LoggerMessage(3401, LogLevel.Warning, "The platform takes activities slower than the agent makes them: {Waiting} wait, {Dropped} are dropped so far")]
    private static partial void NoRoom(ILogger log, int waiting, long dropped);

    [LoggerMessage(3402, LogLevel.Warning, "An activity was refused: {Reason}")]
    private static partial void Refused(ILogger log, string reason);

    [LoggerMessage(3403, LogLevel.Warning, "An activity could not be delivered: {Reason}")]
    private static partial void NotDelivered(ILogger log, string reason);

    [LoggerMessage(3405, LogLevel.Error, "Activities are not delivered any more")]
    private static partial void DeliveryFailed(ILogger log, Exception error);

    [LoggerMessage(3404, LogLevel.Warning, "Activities: {Delivered} delivered, {Dropped} dropped, {Kept} kept to be delivered later")]
    private static partial void NotAllDelivered(ILogger log, long delivered, long dropped, int kept);
}
