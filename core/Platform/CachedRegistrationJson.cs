using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai.Core.Platform;

/// <summary>JSON of <see cref="CachedRegistration"/>: indented by two spaces (platform-api.md §4).</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, WriteIndented = true)]
[JsonSerializable(typeof(CachedRegistration))]
internal sealed partial class CachedRegistrationJson : JsonSerializerContext;
