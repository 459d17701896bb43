using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Core.Platform;

/// <summary>Reads the messages of a poll (platform-api.md §7.1), each by itself: one that is malformed costs no other.</summary>
public static class InboxReading
{
    /// <summary>Characters of a message that are shown to an agent at most.</summary>
    private const int LongestText = 256 * 1024;

    /// <summary>The messages by session, in order.</summary>
    /// <param name="messages">A map of lists; anything else holds no message.</param>
    /// <param name="malformed">How many could not be read.</param>
    public static Dictionary<string, List<InboxMessage>> Read(JsonText? messages, out int malformed)
    {
        var read = new Dictionary<string, List<InboxMessage>>(StringComparer.Ordinal);
        malformed = 0;
        if (messages is null)
            return read;
        using var document = JsonDocument.Parse(messages.Text);
        if (document.RootElement.ValueKind is not JsonValueKind.Object)
            return read;
        foreach (var session in document.RootElement.EnumerateObject())
        {
            if (session.Value.ValueKind is not JsonValueKind.Array)
                continue;
            var ofSession = new List<InboxMessage>();
            foreach (var message in session.Value.EnumerateArray())
            {
                if (Message(message) is not { } known)
                    malformed++;
                else if (!string.IsNullOrWhiteSpace(known.Text))
                    ofSession.Add(known);
            }

            if (ofSession.Count > 0)
                read[session.Name] = ofSession;
        }

        return read;
    }

    private static InboxMessage? Message(JsonElement message)
    {
        try
        {
            return message.Deserialize(ControlApiJson.Default.InboxMessage) is { Text.Length: <= LongestText } known ? known : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
