using System.Text.Json;

namespace Donmai.Worker.Providers;

/// <summary>Reads members of JSON that agents wrote, without ever failing on a wrong type.</summary>
internal static class ForeignJson
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1000 };

    // Readers of events take 64 levels, those around the value included.
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 60 };

    /// <summary>What a line says, however deeply it is nested (1000 levels at most); <see langword="null"/> when it is no JSON.</summary>
    public static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, AnyDepth);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member, or <see langword="null"/>.</summary>
    public static JsonElement? Member(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        try
        {
            return element.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // The name of another member holds half of a surrogate pair, which the search does not survive.
            return element.EnumerateObject().Where(member => Name(member) == name).Select(static member => (JsonElement?)member.Value).LastOrDefault();
        }
    }

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
    public static JsonText? Kept(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? null : Kept(value.GetRawText());

    /// <summary>A value as it is written, to be kept in an event; <see langword="null"/> when it is nested deeper than events can be read back, or no JSON.</summary>
    public static JsonText? Kept(string text)
    {
        try
        {
            JsonDocument.Parse(text, Shallow).Dispose();
            return new JsonText(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text as it is, anything else as its JSON.</summary>
    public static string Written(JsonElement value) => value.ValueKind == JsonValueKind.String ? Text(value) : value.GetRawText();

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
