using System.Text.Json.Serialization;

namespace Donmai.Core.Providers;

/// <summary>The settings of providers on their way from the daemon to a worker.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Dictionary<string, ProviderSettings>))]
internal sealed partial class ProviderSettingsJson : JsonSerializerContext;
