using System.Threading.Channels;

namespace Donmai.Bench.Grains;

/// <summary>What an in-process call between two activities costs at least: a call through an interface plus one hop through a channel.</summary>
internal sealed class ChannelEcho : IEcho, IAsyncDisposable
{
    private readonly Channel<(int Number, TaskCompletionSource<int> Answer)> _calls =
        Channel.CreateUnbounded<(int, TaskCompletionSource<int>)>(new() { SingleReader = true });

    private readonly Task _loop;

    public ChannelEcho() => _loop = Task.Run(Loop);

    /// <inheritdoc/>
    public Task<int> Echo(int number)
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Writer.TryWrite((number, answer));
        return answer.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _calls.Writer.Complete();
        await _loop;
    }

    private async Task Loop()
    {
        await foreach (var (number, answer) in _calls.Reader.ReadAllAsync())
            answer.SetResult(number);
    }
}
