using System.Text.Json.Serialization;

namespace Donmai.Core.Platform;

/// <summary>A request that is to reach the platform, whatever happens to who wrote it (worker.md §2.9). Holds no secret.</summary>
public sealed record OutboxEntry
{
    /// <summary>Its id, which is sent as idempotency key: the platform may see it twice, and does it once.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="OutboxKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The session it is about.</summary>
    public required string SessionId { get; init; }

    /// <summary>Path of the request, below <see cref="PlatformUrl"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Body without <c>workerId</c>, which is added from the credentials of the moment.</summary>
    public required JsonText Body { get; init; }

    /// <summary>When it was written.</summary>
    [JsonConverter(typeof(PreciseTimestamp))] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The platform it is for. It is sent to no other.</summary>
    public string PlatformUrl { get; init; } = "";
}
