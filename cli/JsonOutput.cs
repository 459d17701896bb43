using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Donmai.Cli;

/// <summary>Output for programs: one JSON value, then a line feed.</summary>
internal static class JsonOutput
{
    /// <summary>Writes a record of the control API.</summary>
    public static Task Write<T>(TextWriter output, T value) =>
        output.WriteLineAsync(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)ControlApiJson.Default.GetTypeInfo(typeof(T))!));

    /// <summary>Writes what the control API writes for a refusal.</summary>
    public static Task WriteError(TextWriter output, string sentence) =>
        output.WriteLineAsync($$"""{"error":"{{JsonEncodedText.Encode(sentence)}}"}""");
}
