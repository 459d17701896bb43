namespace Donmai.Grains.Sessions;

/// <summary>What a spawner must not forget.</summary>
[GenerateSerializer, Immutable, Alias("donmai.SpawnerRecord")]
internal sealed record SpawnerRecord
{
    /// <summary>Ids of the sessions that are live, or ended but not yet in the history.</summary>
    [Id(0)] public List<string> Sessions { get; init; } = [];

    /// <summary>Pages of history written so far.</summary>
    [Id(1)] public int PagesWritten { get; init; }
}
