using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>The sequences that an activation is producing. Those that nobody asks for any more are ended.</summary>
internal sealed class ActivationStreams
{
    private readonly Dictionary<Guid, StreamSession> _sessions = [];
    private readonly Activation _activation;

    public ActivationStreams(Activation activation)
    {
        _activation = activation;
        var patience = activation.Silo.ResponseTimeout;
        activation.Timers.Register(_ => DropUnwanted(), new GrainTimerCreationOptions(patience, patience) { Interleave = true });
    }

    public async Task<StreamBatch> Start(Guid id, GrainStreamRequest request, int batchSize)
    {
        var session = request.Open(_activation.GrainInstance!, batchSize);
        _sessions.Add(id, session);
        return await Next(id, session);
    }

    public Task<StreamBatch> Next(Guid id) => _sessions.TryGetValue(id, out var session)
        ? Next(id, session)
        : throw new EnumerationAbortedException(
            "Enumeration aborted: the grain does not know this sequence; it was ended meanwhile, or nobody asked for its next items for too long.");

    public async Task Stop(Guid id)
    {
        if (_sessions.Remove(id, out var session))
        {
            await StopQuietly(session);
        }
    }

    public async Task StopAll()
    {
        foreach (var id in _sessions.Keys.ToArray())
        {
            await Stop(id);
        }
    }

    private async Task<StreamBatch> Next(Guid id, StreamSession session)
    {
        session.IsWanted = true;
        try
        {
            var batch = await session.Next(_activation.Silo.ResponseTimeout / 2, _activation.Silo.Clock);
            session.IsWanted = true;
            if (batch.IsLast)
            {
                await Stop(id);
            }

            return batch;
        }
        catch
        {
            await Stop(id);
            throw;
        }
    }

    private async Task DropUnwanted()
    {
        foreach (var (id, session) in _sessions.ToArray())
        {
            if (!session.IsWanted)
            {
                await Stop(id);
            }

            session.IsWanted = false;
        }
    }

    private async Task StopQuietly(StreamSession session)
    {
        try
        {
            await session.Stop();
        }
        catch (Exception exception)
        {
            _activation.Silo.Log.StreamFailed(exception, _activation.GrainId);
        }
    }
}
