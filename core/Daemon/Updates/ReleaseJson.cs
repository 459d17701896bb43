using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai.Core.Daemon.Updates;

/// <summary>JSON of manifests and of the record of installations.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReleaseManifest))]
[JsonSerializable(typeof(InstallationRecord))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
