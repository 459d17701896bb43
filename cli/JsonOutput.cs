using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Donmai.Cli.Daemon;

namespace Donmai.Cli;

/// <summary>Output for programs: one JSON value, then a line feed. Quotes and letters of any language stand as they are: nobody embeds it in a page.</summary>
internal static class JsonOutput
{
    private static readonly ControlApiJson ControlApi = new(new JsonSerializerOptions(ControlApiJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly ServiceJson Service = new(new JsonSerializerOptions(ServiceJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a record of the control API.</summary>
    public static Task Write<T>(TextWriter output, T value) =>
        output.WriteLineAsync(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)ControlApi.GetTypeInfo(typeof(T))!));

    /// <summary>Writes a record of the verbs about the service and the log.</summary>
    public static Task WriteOwn<T>(TextWriter output, T value) => output.WriteLineAsync(OwnText(value));

    /// <summary>A record of the verbs about the service and the log, on one line.</summary>
    public static string OwnText<T>(T value) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Service.GetTypeInfo(typeof(T))!);

    /// <summary>Writes any value.</summary>
    public static Task WriteNode(TextWriter output, JsonNode? value) => output.WriteLineAsync(value?.ToJsonString(Plain) ?? "null");

    /// <summary>Writes what the control API writes for a refusal.</summary>
    public static Task WriteError(TextWriter output, string sentence) => WriteNode(output, new JsonObject { ["error"] = sentence });
}
