namespace Donmai.Core.Platform.Wire;

/// <summary>Body of an activity (platform-api.md §10).</summary>
public sealed record ActivityRequest
{
    /// <summary>The worker whose session it is; the client fills it in.</summary>
    public string WorkerId { get; init; } = "";

    /// <summary>What happened.</summary>
    public required PlatformActivity Activity { get; init; }
}
