using System.Collections.Immutable;

namespace Donmai.Engine.Tests.Values;

internal sealed class MirrorGrain : Grain, IMirrorGrain
{
    private Basket _basket = new();

    public Task<Letter> Letter(Letter letter) => Task.FromResult(letter);

    public Task<Shape> Shape(Shape shape) => Task.FromResult(shape);

    public Task<Pair<int, string[]>> Pair(Pair<int, string[]> pair) => Task.FromResult(pair);

    public Task<Point> Point(Point point) => Task.FromResult(point);

    public Task<object?> Anything(object? value) => Task.FromResult(value);

    public Task<ImmutableArray<string>> Texts(ImmutableArray<string> texts) => Task.FromResult(texts);

    public Task<IReadOnlyList<int>> Numbers(IReadOnlyList<int> numbers) => Task.FromResult<IReadOnlyList<int>>(numbers.ToList());

    public Task<int> Put(Basket basket)
    {
        _basket = basket;
        basket.Items.Add("from the grain");
        return Task.FromResult(basket.Items.Count);
    }

    public Task<Basket> Look() => Task.FromResult(_basket);

    public Task Throw(string kind) => kind switch
    {
        "invalid" => throw new InvalidOperationException("not now", new IOException("disk")),
        "argument" => throw new ArgumentException("is wrong", nameof(kind)),
        "refusal" => throw new RefusalException("no", 409),
        "not found" => throw new NotFoundException("session"),
        "cancelled" => throw new OperationCanceledException("stopped"),
        "later" => Later(),
        _ => Task.CompletedTask,
    };

    public Task<string> Default(string? text, int? number, Level level, CancellationToken token) =>
        Task.FromResult($"{text ?? "null"} {number?.ToString() ?? "null"} {level}");

    private static async Task Later()
    {
        await Task.Yield();
        throw new TimeoutException("later");
    }
}
