namespace Donmai.Engine.Tests.Filters;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> Say(string text);

    Task<string> Ask(string key);

    Task<string?> ReadContext(string key);

    Task<string?> PassContextOn(string key, IFilteredGrain other);

    Task ChangeContext(string key, string value);
}
