using System.Text.Json;

namespace Donmai.FakePlatform.Sessions;

/// <summary>A refusal of a session by the daemon it was handed out to.</summary>
public sealed record Nack(DateTimeOffset ReceivedAt, string WorkerId, string? Reason, JsonElement Work);
