using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Donmai.Worker.Providers.Codex;

/// <summary>Spells the messages of JSON-RPC, each on one line (worker.md §4.3.1).</summary>
internal static class JsonRpcLines
{
    private const int MethodNotFound = -32601;
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>A request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="id">Its number.</param>
    /// <param name="parameters">Writes the members of <c>params</c>.</param>
    public static string Request(string method, long id, Action<Utf8JsonWriter> parameters) => Message(writer =>
    {
        writer.WriteString("method", method);
        writer.WriteNumber("id", id);
        writer.WriteStartObject("params");
        parameters(writer);
        writer.WriteEndObject();
    });

    /// <summary>A notification without parameters.</summary>
    public static string Notification(string method) => Message(writer =>
    {
        writer.WriteString("method", method);
        writer.WriteStartObject("params");
        writer.WriteEndObject();
    });

    /// <summary>The answer to a request.</summary>
    /// <param name="id">Its id, which is echoed as it was written.</param>
    /// <param name="result">The result as JSON.</param>
    public static string Result(JsonElement id, string result) => Message(writer =>
    {
        writer.WritePropertyName("id");
        writer.WriteRawValue(id.GetRawText());
        writer.WritePropertyName("result");
        writer.WriteRawValue(result);
    });

    /// <summary>The refusal of a request whose method is not known.</summary>
    public static string UnknownMethod(JsonElement id, string method) => Message(writer =>
    {
        writer.WritePropertyName("id");
        writer.WriteRawValue(id.GetRawText());
        writer.WriteStartObject("error");
        writer.WriteNumber("code", MethodNotFound);
        writer.WriteString("message", $"method not found: {method}");
        writer.WriteEndObject();
    });

    /// <summary>An object on one line.</summary>
    /// <param name="members">Writes its members.</param>
    public static JsonText Object(Action<Utf8JsonWriter> members)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Layout))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return new JsonText(Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length));
    }

    private static string Message(Action<Utf8JsonWriter> members) => Object(writer =>
    {
        writer.WriteString("jsonrpc", "2.0");
        members(writer);
    }).Text;
}
