using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>What is to be tried again.</summary>
public sealed record OutboxRetryRequest
{
    /// <summary>Id of a request, or of a session for everything of it; absent for everything that waits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Id { get; init; }
}
