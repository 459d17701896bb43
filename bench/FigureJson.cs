using System.Text.Json.Serialization;

namespace Donmai.Bench;

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FigureReport))]
internal sealed partial class FigureJson : JsonSerializerContext;
