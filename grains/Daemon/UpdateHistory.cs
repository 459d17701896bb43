using Donmai.Daemon;

namespace Donmai.Grains.Daemon;

/// <summary>What is remembered of updates.</summary>
[GenerateSerializer, Immutable, Alias("donmai.UpdateHistory")]
internal sealed record UpdateHistory
{
    /// <summary>How the last one ended, and when.</summary>
    [Id(0)] public UpdateOutcome? Last { get; init; }
}
