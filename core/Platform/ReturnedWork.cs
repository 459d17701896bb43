using System.Text;
using System.Text.Json;

namespace Donmai.Core.Platform;

/// <summary>A work item on its way back to the platform (platform-api.md §8): as it came, so that nothing of it is lost.</summary>
public static class ReturnedWork
{
    private static readonly (string Name, string Zero)[] Required =
    [
        ("sessionId", "\"\""), ("issueId", "\"\""), ("issueIdentifier", "\"\""), ("priority", "0"), ("queuedAt", "0"),
    ];

    /// <summary>The item with the keys that the platform requires; what it has stays as it is, to the letter.</summary>
    /// <param name="item">A JSON object.</param>
    public static JsonText Of(JsonText item)
    {
        using var document = JsonDocument.Parse(item.Text);
        var missing = new StringBuilder();
        foreach (var (name, zero) in Required)
            if (!document.RootElement.TryGetProperty(name, out _))
                missing.Append('"').Append(name).Append("\":").Append(zero).Append(',');
        if (missing.Length == 0)
            return item;
        var isEmpty = !document.RootElement.EnumerateObject().MoveNext();
        var opening = item.Text.IndexOf('{', StringComparison.Ordinal) + 1;
        return new JsonText(item.Text.Insert(opening, missing.ToString(0, missing.Length - (isEmpty ? 1 : 0))));
    }
}
