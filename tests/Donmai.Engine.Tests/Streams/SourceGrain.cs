using System.Runtime.CompilerServices;
using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Streams;

internal sealed class SourceGrain(Witness witness) : Grain, ISourceGrain
{
    private string Key => this.GetPrimaryKeyString();

    public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            for (var i = 1; i <= to; i++)
            {
                if (i % 7 == 0)
                {
                    await Task.Yield();
                }

                token.ThrowIfCancellationRequested();
                yield return i;
            }
        }
        finally
        {
            witness.Report(Key, "count ended");
        }
    }

    public async IAsyncEnumerable<string> Gated(string[] gates, [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            foreach (var gate in gates)
            {
                await witness.Pass(gate).WaitAsync(token);
                yield return gate;
            }
        }
        finally
        {
            witness.Report(Key, token.IsCancellationRequested ? "gated cancelled" : "gated ended");
        }
    }

    public async IAsyncEnumerable<int> FailsAfter(int items, [EnumeratorCancellation] CancellationToken token = default)
    {
        for (var i = 0; i < items; i++)
        {
            yield return i;
        }

        await Task.Yield();
        throw new Values.RefusalException("no more", 410);
    }

    public async IAsyncEnumerable<Values.Letter> Letters(int count, [EnumeratorCancellation] CancellationToken token = default)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return Values.Letters.Full() with { Number = i };
        }
    }

    public Task Note(string what)
    {
        witness.Report(Key, what);
        return Task.CompletedTask;
    }

    public async Task WatchToken(string gate, CancellationToken token)
    {
        var scheduler = TaskScheduler.Current;
        await using var registration = token.Register(() =>
        {
            witness.Report(Key, TaskScheduler.Current == scheduler ? "in a turn" : "beside the turns");
            throw new InvalidOperationException("a bad callback");
        });
        witness.Report(Key, "watching");
        await witness.Pass(gate);
    }

    public async Task WaitForToken(CancellationToken token)
    {
        witness.Report(Key, "waiting");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        }
        finally
        {
            witness.Report(Key, token.IsCancellationRequested ? "token cancelled" : "token alive");
        }
    }
}
