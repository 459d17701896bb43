using System.Collections.Immutable;

namespace Donmai.Engine.Tests.Values;

/// <summary>A record with members of every kind that the product uses.</summary>
[GenerateSerializer, Immutable, Alias("engine.Letter")]
public sealed record Letter
{
    [Id(0)]
    public required string Text { get; init; }

    [Id(1)]
    public int? Number { get; init; }

    [Id(2)]
    public DateTimeOffset At { get; init; }

    [Id(3)]
    public TimeSpan Took { get; init; }

    [Id(4)]
    public Level Level { get; init; }

    [Id(5)]
    public ImmutableArray<Point> Points { get; init; } = [];

    [Id(6)]
    public string[] Words { get; init; } = [];

    [Id(7)]
    public Dictionary<string, List<int>> Table { get; init; } = [];

    [Id(8)]
    public Guid Id { get; init; }

    [Id(9)]
    public byte[] Bytes { get; init; } = [];

    [Id(10)]
    public decimal Price { get; init; }

    [Id(11)]
    public Uri? Link { get; init; }

    [Id(12)]
    public Pair<string, Level?>? Pair { get; init; }

    [Id(13)]
    public long Large { get; init; }

    [Id(14)]
    public double Ratio { get; init; }

    [Id(15)]
    public DateTime Day { get; init; }

    [Id(16)]
    public (int Left, string Right) Tuple { get; init; }

    [Id(17)]
    public HashSet<string> Tags { get; init; } = [];

    [Id(18)]
    public Shape? Shape { get; init; }

    [Id(19)]
    public Calls.ICounterGrain? Counter { get; init; }

    [Id(20)]
    public ImmutableDictionary<string, int> Scores { get; init; } = ImmutableDictionary<string, int>.Empty;

    [Id(21)]
    public bool Flag { get; init; } = true;
}
