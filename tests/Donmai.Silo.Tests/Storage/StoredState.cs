namespace Donmai.Silo.Tests.Storage;

/// <summary>A state as grains have them.</summary>
public sealed record StoredState
{
    public required string Name { get; init; }

    public string? Note { get; init; }

    public double Weight { get; init; }

    public List<string> Labels { get; init; } = [];

    public Dictionary<string, int> Counts { get; init; } = [];

    public DateTimeOffset At { get; init; }
}
