namespace Donmai.Engine.Tests.Filters;

internal sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public Task<string> Say(string text) => text == "throw" ? throw new InvalidOperationException("said so") : Task.FromResult(text);

    public Task<string> Ask(string key) => GrainFactory.GetGrain<IFilteredGrain>(key).Say("asked");

    public Task<string?> ReadContext(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public async Task<string?> PassContextOn(string key, IFilteredGrain other)
    {
        await Task.Yield();
        return await other.ReadContext(key);
    }

    public Task ChangeContext(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Result is "from the grain")
        {
            context.Result = "from the grain's own filter";
        }
    }
}
