using Microsoft.Extensions.Logging;

namespace Donmai.Worker.Sessions;

internal sealed partial class SessionInbox
{
    [LoggerMessage(6601, LogLevel.Warning, "Message {DeliveryId} was given to the agent, and the daemon could not be told so: {Reason}")]
    private partial void NotAcknowledged(string deliveryId, string reason);
}
