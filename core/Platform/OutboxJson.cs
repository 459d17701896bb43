using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai.Core.Platform;

/// <summary>JSON of the lines of an outbox.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OutboxEntry))]
[JsonSerializable(typeof(OutboxMark))]
internal sealed partial class OutboxJson : JsonSerializerContext
{
    /// <summary>With readable text: it stands in a file, not in a page.</summary>
    public static OutboxJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
