namespace Donmai.Engine.Tests.States;

public interface INoteGrain : IGrainWithStringKey
{
    Task<Note> Read();

    Task<Note> ReadOther();

    Task Write(string text, params int[] numbers);

    Task WriteOther(string text);

    Task Clear();

    Task Reread();

    /// <summary>Changes the number list without writing.</summary>
    Task Spoil();

    Task<string> Describe();

    Task End();
}
