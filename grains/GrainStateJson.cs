using System.Text.Json.Serialization;
using Donmai.Grains.Daemon;
using Donmai.Grains.Routing;
using Donmai.Grains.Sessions;
using Donmai.Grains.Workareas;
using Donmai.Routing;

namespace Donmai.Grains;

/// <summary>The states of the grains, for stores that keep JSON.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PoolRecord))]
[JsonSerializable(typeof(RouterRecord))]
[JsonSerializable(typeof(RoutingExplanation))]
[JsonSerializable(typeof(SessionHistoryRecord))]
[JsonSerializable(typeof(SessionRecord))]
[JsonSerializable(typeof(SpawnerRecord))]
[JsonSerializable(typeof(UpdateHistory))]
internal sealed partial class GrainStateJson : JsonSerializerContext;
