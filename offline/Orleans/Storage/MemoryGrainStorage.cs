using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>Keeps states as long as the silo runs.</summary>
internal sealed class MemoryGrainStorage(string name) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = new();
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = _records.GetValueOrDefault((stateName, grainId));
        grainState.RecordExists = record is not null;
        grainState.ETag = record?.ETag;
        grainState.State = record is null ? PersistentState<T>.Empty() : default(CopyContext).Copy((T)record.State!);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = new Record(
            default(CopyContext).Copy(grainState.State), Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture));
        var stored = _records.AddOrUpdate(
            (stateName, grainId),
            _ => grainState.ETag is null ? record : throw Inconsistent(grainState.ETag, null),
            (_, present) => grainState.ETag == present.ETag ? record : throw Inconsistent(grainState.ETag, present.ETag));
        grainState.ETag = stored.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var present)
            && (present.ETag != grainState.ETag || !_records.TryRemove(KeyValuePair.Create((stateName, grainId), present))))
        {
            throw Inconsistent(grainState.ETag, present.ETag);
        }

        grainState.State = PersistentState<T>.Empty();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private InconsistentStateException Inconsistent(string? expected, string? stored) =>
        new($"The state in storage \"{name}\" has etag {stored ?? "(none)"}, not {expected ?? "(none)"}.", stored, expected);

    private sealed record Record(object? State, string ETag);
}
