using Donmai.Sessions;

namespace Donmai.Grains.Sessions;

/// <summary>The messages for a session's agent, as its record keeps them (platform-api.md §7.1, worker.md §8.2).</summary>
internal static class SessionInbox
{
    /// <summary>Messages that wait at most; what comes beyond is left to the platform, which delivers it again.</summary>
    internal const int MostWaiting = 256;

    /// <summary>Ids of taken messages that are remembered, so that one that is delivered again is not shown twice.</summary>
    internal const int TakenRemembered = 1024;

    /// <summary>The record with the messages that are new to it; the same one when none is.</summary>
    public static SessionRecord With(SessionRecord session, List<InboxMessage> messages)
    {
        var waiting = new List<InboxMessage>(session.Inbox);
        foreach (var message in messages)
        {
            if (string.IsNullOrWhiteSpace(message.Text) || waiting.Count >= MostWaiting || IsKnown(session, waiting, message.DeliveryId))
                continue;
            waiting.Add(message.DeliveryId.Length > 0 ? message : message with { DeliveryId = Guid.NewGuid().ToString("N") });
        }

        return waiting.Count == session.Inbox.Count ? session : session with { Inbox = waiting };
    }

    /// <summary>The record without a message that the agent has taken; the same one when none of that id waits.</summary>
    public static SessionRecord Without(SessionRecord session, string deliveryId) =>
        session.Inbox.Exists(message => message.DeliveryId == deliveryId)
            ? session with
            {
                Inbox = session.Inbox.FindAll(message => message.DeliveryId != deliveryId),
                TakenInputs = [.. session.TakenInputs.TakeLast(TakenRemembered - 1), deliveryId],
            }
            : session;

    private static bool IsKnown(SessionRecord session, List<InboxMessage> waiting, string deliveryId) =>
        deliveryId.Length > 0 && (session.TakenInputs.Contains(deliveryId) || waiting.Exists(message => message.DeliveryId == deliveryId));
}
