using System.Text.Json.Serialization;

namespace Donmai.Core.Daemon;

/// <summary><c>last-exit.json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LastExit))]
internal sealed partial class LastExitJson : JsonSerializerContext;
