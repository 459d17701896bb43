namespace Donmai.Engine.Tests.Calls;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    ValueTask<int> Value();

    ValueTask Reset();

    Task<string> Key();

    Task<Guid> Activation();

    Task<ICounterGrain> Self();

    Task<int> AddTo(ICounterGrain other, int amount);

    Task<string> Overload(int value);

    Task<string> Overload(string value, params string[] more);
}
