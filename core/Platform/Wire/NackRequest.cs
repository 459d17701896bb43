namespace Donmai.Core.Platform.Wire;

/// <summary>Body of a nack (platform-api.md §8).</summary>
public sealed record NackRequest
{
    /// <summary>The worker that gives the work back; the client fills it in.</summary>
    public string WorkerId { get; init; } = "";

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The work item as it came, with the five keys that are required.</summary>
    public required JsonText Work { get; init; }
}
