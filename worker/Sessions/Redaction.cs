using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Donmai.Core.Sessions.Logs;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Sessions;

/// <summary>Hides secrets in everything that is written down (worker.md §2.7, §6.1).</summary>
internal sealed class Redaction
{
    // What a reader needs to understand an event at all.
    private static readonly string[] Structural = ["kind", "ts"];

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1000 };
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SecretRedactor _secrets = new();

    /// <summary>Adds the values of sensitive variables.</summary>
    public void AddFrom(IEnumerable<KeyValuePair<string, string>> environment) => _secrets.AddFrom(environment);

    /// <summary>Adds secrets.</summary>
    public void Add(params IEnumerable<string?> secrets) => _secrets.Add(secrets);

    /// <summary>Whether one of the secrets it was told is in a text.</summary>
    public bool Holds(string text) => _secrets.Holds(text);

    /// <summary><paramref name="text"/> without them.</summary>
    public string Apply(string text) => _secrets.Apply(text);

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
    private bool MayHold(string json) =>
        json.Contains("\\u", StringComparison.Ordinal) || json.Contains("\\/", StringComparison.Ordinal) || _secrets.MayHold(json);

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
                writer.WriteStringValue(Apply(ForeignJson.Text(element)));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private void CopyMember(JsonProperty member, Utf8JsonWriter writer, bool outermost)
    {
        var name = ForeignJson.Name(member);
        writer.WritePropertyName(outermost ? name : Apply(name));
        if (outermost && Structural.Contains(name, StringComparer.Ordinal))
            member.Value.WriteTo(writer);
        else
            Copy(member.Value, writer, outermost: false);
    }
}
