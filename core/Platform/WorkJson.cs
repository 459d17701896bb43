using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai.Core.Platform;

/// <summary>How work items are read (platform-api.md §1): names in any case, unknown fields passed over.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, PropertyNameCaseInsensitive = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WorkItem))]
internal sealed partial class WorkJson : JsonSerializerContext;
