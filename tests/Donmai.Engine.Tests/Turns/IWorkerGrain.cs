namespace Donmai.Engine.Tests.Turns;

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<Guid> Work(string gate);
}
