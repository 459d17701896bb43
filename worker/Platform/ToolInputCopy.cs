using System.Buffers;
using System.Text;
using System.Text.Json;
using Donmai.Core.Sessions.Logs;
using Donmai.Worker.Providers;

namespace Donmai.Worker.Platform;

/// <summary>Copies the arguments of a tool as the platform may see them: long texts cut, secrets and what stands under a sensitive name hidden.</summary>
/// <param name="options">Limits, and how secrets are hidden.</param>
internal sealed class ToolInputCopy(ActivityPosterOptions options)
{
    private readonly ArrayBufferWriter<byte> _content = new();

    /// <summary>The copy; <see langword="null"/> of what is no object, is empty, is nested deeper than others read, or cannot be read.</summary>
    public JsonText? Of(string? input)
    {
        if (input is null)
            return null;
        try
        {
            using var arguments = JsonDocument.Parse(input, ActivityJson.UsualDepth);
            return arguments.RootElement is { ValueKind: JsonValueKind.Object } root && root.GetPropertyCount() > 0 ? Copy(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonText Copy(JsonElement root)
    {
        _content.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_content, ActivityJson.Layout))
            Copy(writer, root);
        return new JsonText(Encoding.UTF8.GetString(_content.WrittenSpan));
    }

    private void Copy(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                    Member(writer, member);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Copy(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Clean(ForeignJson.Text(element)));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private void Member(Utf8JsonWriter writer, JsonProperty member)
    {
        var name = ForeignJson.Name(member);
        writer.WritePropertyName(Clean(name));
        if (member.Value.ValueKind == JsonValueKind.String && SecretRedactor.LooksSensitive(name))
            writer.WriteStringValue(SecretRedactor.Hidden);
        else
            Copy(writer, member.Value);
    }

    private string Clean(string text) => ActivityText.Truncate(options.Redact(text), options.MaxTextBytes);
}
