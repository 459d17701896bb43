using System.Text.Json.Serialization;

namespace Donmai.Platform;

/// <summary>What is to be tried again.</summary>
public sealed record OutboxRetryRequest
{
    /// <summary>Id of a request; absent for everything that waits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Id { get; init; }
}
