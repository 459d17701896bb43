namespace Donmai.Engine.Tests.Turns;

public interface IChoosyGrain : IGrainWithStringKey
{
    Task Wait(string gate);

    Task Note(string what);
}
