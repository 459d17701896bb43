using System.Text.Json;
using System.Text.Json.Serialization;
using Donmai.Core.Platform.Wire;

namespace Donmai.Core.Platform;

/// <summary>How the orchestrator writes and reads JSON (platform-api.md §1): camelCase, names in any case, empty members left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(HeartbeatRequest))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(PendingMutation))]
[JsonSerializable(typeof(PollAnswer))]
[JsonSerializable(typeof(NackRequest))]
[JsonSerializable(typeof(LockRefreshRequest))]
[JsonSerializable(typeof(LockRefreshAnswer))]
[JsonSerializable(typeof(ActivityRequest))]
[JsonSerializable(typeof(StatusRequest))]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(ProxyRequest))]
[JsonSerializable(typeof(ProxyAnswer))]
internal sealed partial class PlatformJson : JsonSerializerContext;
