using System.Text.Json.Serialization;

namespace Donmai.Core.Workareas.Restoring;

/// <summary>How restore records are written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    NumberHandling = JsonNumberHandling.Strict,
    WriteIndented = true)]
[JsonSerializable(typeof(RestoreRecord))]
internal sealed partial class RestoreRecordJson : JsonSerializerContext;
