using System.Text.Json;

namespace Donmai.FakePlatform.Sessions;

/// <summary>A status that a session's worker, or its daemon, told.</summary>
public sealed record StatusPost(DateTimeOffset ReceivedAt, string WorkerId, string Status, JsonElement Body);
