namespace Donmai.Platform;

/// <summary>The registration was wiped (additive route).</summary>
[GenerateSerializer, Immutable, Alias("donmai.PlatformForgotten")]
public sealed record PlatformForgotten
{
    /// <summary>Whether there was anything to wipe.</summary>
    [Id(0)] public bool Forgotten { get; init; }
}
