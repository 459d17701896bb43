using System.Text.Json.Serialization;
using Donmai.Core.Daemon.Service;

namespace Donmai.Cli.Daemon;

/// <summary>How the verbs about the service write JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ServiceState))]
[JsonSerializable(typeof(ServiceText))]
[JsonSerializable(typeof(DaemonStopReport))]
[JsonSerializable(typeof(LoggedText))]
internal sealed partial class ServiceJson : JsonSerializerContext;
