using System.Collections.Immutable;

namespace Donmai.Engine.Tests.Values;

public interface IMirrorGrain : IGrainWithStringKey
{
    Task<Letter> Letter(Letter letter);

    Task<Shape> Shape(Shape shape);

    Task<Pair<int, string[]>> Pair(Pair<int, string[]> pair);

    Task<Point> Point(Point point);

    Task<object?> Anything(object? value);

    Task<ImmutableArray<string>> Texts(ImmutableArray<string> texts);

    Task<IReadOnlyList<int>> Numbers(IReadOnlyList<int> numbers);

    /// <summary>Keeps the basket and changes it.</summary>
    Task<int> Put(Basket basket);

    /// <summary>Returns the kept basket.</summary>
    Task<Basket> Look();

    Task Throw(string kind);

    Task<string> Default(string? text, int? number, Level level, CancellationToken token);
}
