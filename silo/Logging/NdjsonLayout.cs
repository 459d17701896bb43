using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Logging;

/// <summary>
/// One JSON object a line: <c>time</c>, <c>level</c>, <c>category</c>, <c>eventId</c>, <c>message</c>, and where there are any <c>traceId</c>,
/// <c>spanId</c>, <c>fields</c> (the named values), <c>scopes</c>, <c>exception</c>.
/// </summary>
internal sealed class NdjsonLayout : ILogLayout
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public void Write(LogEntry entry, ArrayBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("level"u8, Word(entry.Level));
            json.WriteString("category"u8, entry.Category);
            json.WriteNumber("eventId"u8, entry.EventId);
            json.WriteString("message"u8, entry.Message);
            WriteIfAny(json, "traceId", entry.TraceId);
            WriteIfAny(json, "spanId", entry.SpanId);
            WriteFields(json, entry.Fields);
            WriteScopes(json, entry.Scopes);
            WriteIfAny(json, "exception", entry.Exception);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteScopes(Utf8JsonWriter json, IReadOnlyList<string> scopes)
    {
        if (scopes.Count == 0)
            return;
        json.WriteStartArray("scopes"u8);
        foreach (var scope in scopes)
            json.WriteStringValue(scope);
        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        if (fields.Count == 0)
            return;
        json.WriteStartObject("fields"u8);
        foreach (var (name, value) in fields)
            WriteField(json, name, value);
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, value.ToString());
                break;
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
