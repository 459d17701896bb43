using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Sessions;

/// <summary>JSON of the worker's own files.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(WorkerProcessRecord))]
[JsonSerializable(typeof(WorktreeState))]
[JsonSerializable(typeof(ProgramDescription))]
internal sealed partial class WorkerFilesJson : JsonSerializerContext
{
    /// <summary>The control API's JSON with readable text: what stands in files and on standard output is no web page.</summary>
    public static ControlApiJson Readable { get; } =
        new(new JsonSerializerOptions(ControlApiJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Reads one event.</summary>
    /// <exception cref="JsonException">No kind, an unknown kind, or a member of the wrong type.</exception>
    public static AgentEvent ReadEvent(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Readable.AgentEvent) ?? throw new JsonException("an event is null");
        }
        catch (NotSupportedException missing)
        {
            throw new JsonException("an event has no kind", missing);
        }
    }
}
