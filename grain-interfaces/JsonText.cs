using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai;

/// <summary>One JSON value kept as its text, so that numbers and strings of foreign origin cross every boundary unchanged.</summary>
/// <param name="Text">The value's JSON text, never empty.</param>
[GenerateSerializer, Immutable, Alias("donmai.JsonText")]
[JsonConverter(typeof(Converter))]
public sealed record JsonText([property: Id(0)] string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads and writes the value in place, as JSON rather than as a string.</summary>
    public sealed class Converter : JsonConverter<JsonText>
    {
        /// <inheritdoc/>
        public override JsonText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new JsonText(document.RootElement.GetRawText());
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, JsonText value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text);
    }
}
