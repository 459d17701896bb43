using System.Text.Json;

namespace Donmai.Worker.Providers;

/// <summary>Reads members of JSON that agents wrote, without ever failing on a wrong type.</summary>
internal static class ForeignJson
{
    // Readers of events take 64 levels, those around the value included.
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 60 };

    /// <summary>A member, or <see langword="null"/>.</summary>
    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text member, or <see langword="null"/>.</summary>
    public static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? Text(text) : null;

    /// <summary>A number member without its fraction; 0 when it is none.</summary>
    public static long Integer(JsonElement element, string name) => Number(element, name) is { } number and > -9e18 and < 9e18 ? (long)number : 0;

    /// <summary>A number member, or <see langword="null"/>.</summary>
    public static double? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Whether a member is <c>true</c>.</summary>
    public static bool Flag(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.True };

    /// <summary>The elements of a list member; none when it is no list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>A value as it is written, to be kept in an event; <see langword="null"/> when it is nested deeper than events can be read back.</summary>
    public static JsonText? Kept(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return null;
        try
        {
            var text = value.GetRawText();
            JsonDocument.Parse(text, Shallow).Dispose();
            return new JsonText(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text value. Half of a surrogate pair, which JSON can spell but no text can hold, becomes U+FFFD.</summary>
    public static string Text(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Repaired(text.GetRawText());
        }
    }

    /// <summary>The name of a member; U+FFFD when it holds half of a surrogate pair.</summary>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }

    private static string Repaired(string raw)
    {
        for (var at = raw.IndexOf("\\u", StringComparison.OrdinalIgnoreCase); at >= 0; at = raw.IndexOf("\\u", at + 2, StringComparison.OrdinalIgnoreCase))
            if (at + 6 <= raw.Length && raw[at + 2] is 'd' or 'D' && raw[at + 3] is >= '8')
                raw = string.Concat(raw.AsSpan(0, at), "\\ufffd", raw.AsSpan(at + 6));
        using var document = JsonDocument.Parse(raw);
        return document.RootElement.GetString() ?? "";
    }
}
