using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Asks a grain for the items of a sequence, batch by batch.</summary>
internal sealed class GrainStreamEnumerator<TItem> : IAsyncEnumerator<TItem>
{
    private readonly GrainReference _target;
    private readonly GrainStreamRequest<TItem> _request;
    private readonly int _batchSize;
    private readonly CancellationTokenSource _cancellation;
    private readonly Guid _id = Guid.NewGuid();
    private StreamBatch<TItem>? _batch;
    private int _index = -1;
    private bool _active;

    public GrainStreamEnumerator(GrainReference target, GrainStreamRequest<TItem> request, int batchSize, CancellationToken token)
    {
        _target = target;
        _request = (GrainStreamRequest<TItem>)request.Clone();
        _batchSize = batchSize;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(token, request.GetCancellationToken());
    }

    public TItem Current => _batch!.Items[_index];

    public async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            while (++_index >= (_batch?.Items.Count ?? 0))
            {
                if (_batch is { IsLast: true })
                {
                    _active = false;
                    return false;
                }

                _cancellation.Token.ThrowIfCancellationRequested();
                _batch = (StreamBatch<TItem>)await (_batch is null ? Start() : Next());
                _index = -1;
                _active = !_batch.IsLast;
            }

            return true;
        }
        catch
        {
            await Stop();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _cancellation.Dispose();
    }

    private Task<StreamBatch> Start()
    {
        _active = true;
        return _target.Shared.Caller.Call(
            _target, new StreamStart { Id = _id, BatchSize = _batchSize, Request = _request, Cancellation = _cancellation.Token });
    }

    private Task<StreamBatch> Next() => _target.Shared.Caller.Call(_target, new StreamNext { Id = _id, Cancellation = _cancellation.Token });

    /// <summary>If it does not arrive, the grain notices by itself that nobody asks any more.</summary>
    private async Task Stop()
    {
        if (_active)
        {
            _active = false;
            await ((Task)_target.Shared.Caller.Call(_target, new StreamStop { Id = _id }))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
