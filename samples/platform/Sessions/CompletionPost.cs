using System.Text.Json;

namespace Donmai.FakePlatform.Sessions;

/// <summary>The summary of a session.</summary>
public sealed record CompletionPost(DateTimeOffset ReceivedAt, string? WorkerId, string Summary, JsonElement Body);
