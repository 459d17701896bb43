using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Donmai.Engine.Tests.Cluster;

/// <summary>What grains report to the test outside of their calls, and what the test lets them wait for.</summary>
internal sealed class Witness
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Channel<string>> _reports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);

    public void Report(string key, string what) => Channel(key).Writer.TryWrite(what);

    /// <summary>The next thing reported under the key.</summary>
    public async Task<string> Next(string key)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await Channel(key).Reader.ReadAsync(deadline.Token);
    }

    public bool HasNothing(string key) => !Channel(key).Reader.TryPeek(out _);

    /// <summary>Waits until the test opens the gate.</summary>
    public Task Pass(string gate) => Gate(gate).Task.WaitAsync(Deadline);

    public void Open(string gate) => Gate(gate).TrySetResult();

    private Channel<string> Channel(string key) => _reports.GetOrAdd(key, _ => System.Threading.Channels.Channel.CreateUnbounded<string>());

    private TaskCompletionSource Gate(string gate) =>
        _gates.GetOrAdd(gate, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
