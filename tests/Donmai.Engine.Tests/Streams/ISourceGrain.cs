namespace Donmai.Engine.Tests.Streams;

public interface ISourceGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> Count(int to, CancellationToken token = default);

    /// <summary>Waits for a gate before each item.</summary>
    IAsyncEnumerable<string> Gated(string[] gates, CancellationToken token = default);

    IAsyncEnumerable<int> FailsAfter(int items, CancellationToken token = default);

    IAsyncEnumerable<Values.Letter> Letters(int count, CancellationToken token = default);

    Task Note(string what);

    Task WaitForToken(CancellationToken token);

    /// <summary>Reports where the callbacks of the token run; one of them fails.</summary>
    Task WatchToken(string gate, CancellationToken token);
}
