namespace Donmai.Engine.Tests.Lives;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<Guid> Id();

    Task EndSoon();

    Task EndSoonAndWait(string gate);

    Task KeepFor(TimeSpan time);

    Task<string> Describe();
}
