namespace Donmai.Core.Platform.Wire;

/// <summary>A mutation that could not be applied (platform-api.md §6.2).</summary>
public sealed record MutationFailure
{
    /// <summary>The mutation.</summary>
    public required string Id { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Error { get; init; }
}
