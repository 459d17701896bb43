using System.Collections.Immutable;

namespace Donmai.Engine.Tests.Values;

/// <summary>Examples.</summary>
internal static class Letters
{
    public static Letter Full(Calls.ICounterGrain? counter = null) => new()
    {
        Text = "grüße 🚀",
        Number = -5,
        At = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)),
        Took = TimeSpan.FromMilliseconds(1234.5),
        Level = Level.High,
        Points = [new Point(1, 2), new Point(int.MaxValue, int.MinValue)],
        Words = ["a", "", "b"],
        Table = new Dictionary<string, List<int>> { ["x"] = [1, 2], ["y"] = [] },
        Id = Guid.Parse("11111111-2222-3333-4444-555555555555"),
        Bytes = [0, 255, 7],
        Price = 12345.6789m,
        Link = new Uri("https://example.org/a?b=c"),
        Pair = new Pair<string, Level?> { First = "one", Second = Level.High },
        Large = long.MinValue,
        Ratio = 0.1,
        Day = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        Tuple = (9, "nine"),
        Tags = ["t"],
        Shape = new Circle { Name = "round", Radius = 2 },
        Counter = counter,
        Scores = ImmutableDictionary<string, int>.Empty.Add("s", 1),
        Flag = false,
    };

    /// <summary>Everything but references, as text that shows the parts.</summary>
    public static string Show(Letter letter) => System.Text.Json.JsonSerializer.Serialize(letter with { Counter = null });
}
