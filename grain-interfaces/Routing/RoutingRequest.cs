namespace Donmai.Routing;

/// <summary>What the router needs to know to choose (routing.md §6.1).</summary>
[GenerateSerializer, Immutable, Alias("donmai.RoutingRequest")]
public sealed record RoutingRequest
{
    /// <summary>The session.</summary>
    [Id(0)] public string SessionId { get; init; } = "";

    /// <summary>Id of the allowlist entry.</summary>
    [Id(1)] public string ProjectId { get; init; } = "";

    /// <summary>Provider the request names, if any; then nothing else is considered.</summary>
    [Id(2)] public string? PinnedProvider { get; init; }

    /// <summary>Model the request names, if any.</summary>
    [Id(3)] public string? Model { get; init; }

    /// <summary>Resources demanded, if any.</summary>
    [Id(4)] public Donmai.Sessions.SessionResources? Resources { get; init; }

    /// <summary>Longest life asked for, in seconds; 0 means no demand.</summary>
    [Id(5)] public int MaxDurationSeconds { get; init; }
}
