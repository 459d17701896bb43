using System.Text.Json;
using System.Text.Json.Serialization;

namespace Donmai.Core.Daemon;

/// <summary>JSON of <see cref="MachineIdentity"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MachineIdentity))]
internal sealed partial class MachineIdentityJson : JsonSerializerContext;
