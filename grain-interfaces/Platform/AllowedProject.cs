namespace Donmai.Platform;

/// <summary>An allowlist entry as the orchestrator sees it.</summary>
[GenerateSerializer, Immutable, Alias("donmai.AllowedProject")]
public sealed record AllowedProject
{
    /// <summary>Slug.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary>Repository.</summary>
    [Id(1)] public string Repository { get; init; } = "";
}
