namespace Donmai.Worker.Platform;

/// <summary>What became of a request to the issue tracker (platform-api.md §12).</summary>
/// <param name="Delivered">The platform did it.</param>
/// <param name="Problem">Why not, in words; <see langword="null"/> when it did.</param>
internal sealed record PlatformPostOutcome(bool Delivered, string? Problem)
{
    /// <summary>The platform did it.</summary>
    public static PlatformPostOutcome Done { get; } = new(true, null);

    /// <summary>It was not done.</summary>
    public static PlatformPostOutcome Failed(string problem) => new(false, problem);
}
