using System.Text.Json;

namespace Donmai.FakePlatform.Sessions;

/// <summary>One activity of a session.</summary>
/// <param name="ReceivedAt">When it arrived.</param>
/// <param name="WorkerId">Whose it said it was.</param>
/// <param name="Type"><c>thought</c>, <c>action</c>, <c>response</c>, <c>error</c> or <c>context</c>.</param>
/// <param name="Content">Its text.</param>
/// <param name="Body">All its fields.</param>
public sealed record Activity(DateTimeOffset ReceivedAt, string? WorkerId, string Type, string Content, JsonElement Body);
