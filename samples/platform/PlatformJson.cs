using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Donmai.FakePlatform.Control;
using Donmai.FakePlatform.Faults;
using Donmai.FakePlatform.Requests;
using Donmai.FakePlatform.Sessions;
using Donmai.FakePlatform.Work;
using Donmai.FakePlatform.Workers;

namespace Donmai.FakePlatform;

/// <summary>How the control surface reads and writes JSON.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(PlatformPicture))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(ImmutableList<ReceivedRequest>))]
[JsonSerializable(typeof(ImmutableList<Fault>))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(HostStatus))]
[JsonSerializable(typeof(Mutation))]
[JsonSerializable(typeof(InboxMessage))]
[JsonSerializable(typeof(PublishedRelease))]
internal sealed partial class PlatformJson : JsonSerializerContext;
