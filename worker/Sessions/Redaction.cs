using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Donmai.Worker.Providers.Claude;

namespace Donmai.Worker.Sessions;

/// <summary>Hides secrets in everything that is written down (worker.md §2.7, §6.1).</summary>
internal sealed class Redaction
{
    private const string Hidden = "[hidden]";

    /// <summary>Shorter values would hide ordinary words.</summary>
    private const int ShortestSecret = 6;

    private static readonly string[] SensitiveWords = ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "PRIVATE_KEY", "API_KEY"];

    // What a reader needs to understand an event at all.
    private static readonly string[] Structural = ["kind", "ts"];

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1000 };
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private volatile string[] _secrets = [];

    /// <summary>Whether a variable of that name holds a secret.</summary>
    public static bool LooksSensitive(string name) =>
        SensitiveWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds the values of sensitive variables.</summary>
    public void AddFrom(IEnumerable<KeyValuePair<string, string>> environment) =>
        Add(environment.Where(static pair => LooksSensitive(pair.Key)).Select(static pair => pair.Value));

    /// <summary>Adds secrets.</summary>
    public void Add(params IEnumerable<string?> secrets) =>
        _secrets =
        [
            .. _secrets
                .Concat(secrets.OfType<string>().Where(static secret => secret.Trim().Length >= ShortestSecret)
                    .SelectMany(static secret => new[] { secret, JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value }))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(static secret => secret.Length),
        ];

    /// <summary><paramref name="text"/> without them.</summary>
    public string Apply(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        return text;
    }

    /// <summary>
    /// A JSON object without them. Only the texts in it change: a secret that looks like a number or like a member's name must not make the
    /// object unreadable.
    /// </summary>
    /// <param name="json">One object, on one line.</param>
    public string ApplyToObject(string json)
    {
        if (!MayHold(json))
            return json;
        using var document = JsonDocument.Parse(json, AnyDepth);
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Layout))
            Copy(document.RootElement, writer, outermost: true);
        return Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
    }

    // An agent may spell any character as an escape.
    private bool MayHold(string json)
    {
        var secrets = _secrets;
        return secrets.Length > 0
            && (json.Contains("\\u", StringComparison.Ordinal) || json.Contains("\\/", StringComparison.Ordinal)
                || Array.Exists(secrets, secret => json.Contains(secret, StringComparison.Ordinal)));
    }

    private void Copy(JsonElement element, Utf8JsonWriter writer, bool outermost)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                    CopyMember(member, writer, outermost);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Copy(item, writer, outermost: false);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Apply(ClaudeJson.Text(element)));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private void CopyMember(JsonProperty member, Utf8JsonWriter writer, bool outermost)
    {
        var name = ClaudeJson.Name(member);
        writer.WritePropertyName(outermost ? name : Apply(name));
        if (outermost && Structural.Contains(name, StringComparer.Ordinal))
            member.Value.WriteTo(writer);
        else
            Copy(member.Value, writer, outermost: false);
    }
}
