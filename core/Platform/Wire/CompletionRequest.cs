namespace Donmai.Core.Platform.Wire;

/// <summary>Body of a completion (platform-api.md §11.1).</summary>
public sealed record CompletionRequest
{
    /// <summary>The worker whose session it is; the client fills it in.</summary>
    public string? WorkerId { get; init; }

    /// <summary>What was done, for people; never blank.</summary>
    public required string Summary { get; init; }
}
