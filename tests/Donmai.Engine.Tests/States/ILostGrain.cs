namespace Donmai.Engine.Tests.States;

public interface ILostGrain : IGrainWithStringKey
{
    Task Hello();
}
