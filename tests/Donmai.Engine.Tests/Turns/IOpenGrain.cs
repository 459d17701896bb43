namespace Donmai.Engine.Tests.Turns;

public interface IOpenGrain : IGrainWithStringKey
{
    Task Wait(string gate);

    Task Note(string what);

    Task<int> Depth(int left);
}
