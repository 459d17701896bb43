using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <inheritdoc/>
internal sealed class StreamSession<TItem> : StreamSession
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly IAsyncEnumerator<TItem> _items;
    private readonly int _batchSize;
    private Task<bool>? _moving;

    public StreamSession(GrainStreamRequest<TItem> request, object target, int batchSize)
    {
        _batchSize = batchSize;
        request.SetCancellationToken(_stopping.Token);
        _items = request.InvokeOn(target).GetAsyncEnumerator(_stopping.Token);
    }

    public override async Task<StreamBatch> Next(TimeSpan wait, TimeProvider clock)
    {
        var items = new List<TItem>();
        while (items.Count < _batchSize && !_stopping.IsCancellationRequested)
        {
            _moving ??= _items.MoveNextAsync().AsTask();
            if (!_moving.IsCompleted)
            {
                if (items.Count > 0 || !await Arrives(_moving, wait, clock))
                {
                    break;
                }
            }
            else if (_moving.Exception is not null && items.Count > 0)
            {
                // What came before the failure is delivered before it.
                break;
            }

            var more = await _moving;
            _moving = null;
            if (!more)
            {
                return new StreamBatch<TItem>(items, isLast: true);
            }

            items.Add(_items.Current);
        }

        return new StreamBatch<TItem>(items, isLast: false);
    }

    public override async Task Stop()
    {
        try
        {
            _stopping.Cancel();
        }
        finally
        {
            if (_moving is not null)
            {
                await ((Task)_moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            await _items.DisposeAsync();
            _stopping.Dispose();
        }
    }

    private static async Task<bool> Arrives(Task<bool> moving, TimeSpan wait, TimeProvider clock)
    {
        using var enough = new CancellationTokenSource();
        var first = await Task.WhenAny(moving, Task.Delay(wait, clock, enough.Token));
        await enough.CancelAsync();
        return first == moving;
    }
}
