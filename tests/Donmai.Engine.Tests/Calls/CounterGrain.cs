namespace Donmai.Engine.Tests.Calls;

internal sealed class CounterGrain : Grain, ICounterGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private int _value;

    public async Task<int> Add(int amount)
    {
        // A lost update would show that two calls ran at once.
        var before = _value;
        await Task.Yield();
        return _value = before + amount;
    }

    public ValueTask<int> Value() => ValueTask.FromResult(_value);

    public ValueTask Reset()
    {
        _value = 0;
        return ValueTask.CompletedTask;
    }

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task<ICounterGrain> Self() => Task.FromResult(this.AsReference<ICounterGrain>());

    public Task<int> AddTo(ICounterGrain other, int amount) => other.Add(amount);

    public Task<string> Overload(int value) => Task.FromResult($"int {value}");

    public Task<string> Overload(string value, params string[] more) => Task.FromResult($"string {value} {string.Join(' ', more)}".TrimEnd());
}
