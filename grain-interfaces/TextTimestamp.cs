using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai;

/// <summary>Writes a moment as a text timestamp: RFC 3339, UTC, whole seconds (control-api.md §1.5). Reads any RFC 3339 moment.</summary>
public sealed class TextTimestamp : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The text form of <paramref name="moment"/>.</summary>
    public static string ToText(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ToText(value));
}
