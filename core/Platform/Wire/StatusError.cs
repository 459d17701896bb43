namespace Donmai.Core.Platform.Wire;

/// <summary>What went wrong in a session (platform-api.md §11.2).</summary>
public sealed record StatusError
{
    /// <summary>For people.</summary>
    public required string Message { get; init; }
}
