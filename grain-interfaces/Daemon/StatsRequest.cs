namespace Donmai.Daemon;

/// <summary>What <see cref="IDaemonGrain.Stats"/> is to include.</summary>
[GenerateSerializer, Immutable, Alias("donmai.StatsRequest")]
public sealed record StatsRequest
{
    /// <summary>Whether to include the work area pool.</summary>
    [Id(0)] public bool Pool { get; init; }

    /// <summary>Whether to include the machines.</summary>
    [Id(1)] public bool ByMachine { get; init; }
}
