using System.Text.Json;

namespace Donmai.Worker.Providers;

/// <summary>A provider's own message, as an event may carry it (worker.md §2.7).</summary>
internal static class RawMessage
{
    /// <summary>The message; <see langword="null"/> when it is no JSON.</summary>
    public static JsonText? Of(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return new JsonText(document.RootElement.GetRawText());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
