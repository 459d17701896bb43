using System.Collections.Concurrent;
using Orleans.Storage;

namespace Donmai.Engine.Tests.States;

/// <summary>A storage provider as the product writes them.</summary>
internal sealed class RecordingStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (object? State, int Version)> _states = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Calls { get; } = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Calls.Enqueue($"read {grainId} {stateName}");
        if (_states.TryGetValue($"{grainId} {stateName}", out var stored))
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) = ((T?)stored.State, $"{stored.Version}", true);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Calls.Enqueue($"write {grainId} {stateName}");
        var version = Current(stateName, grainId, grainState) + 1;
        _states[$"{grainId} {stateName}"] = (grainState.State, version);
        (grainState.ETag, grainState.RecordExists) = ($"{version}", true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Calls.Enqueue($"clear {grainId} {stateName}");
        Current(stateName, grainId, grainState);
        _states.TryRemove($"{grainId} {stateName}", out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    /// <summary>Somebody else writes.</summary>
    public void Overtake(string key)
    {
        var stored = _states[key];
        _states[key] = (stored.State, stored.Version + 1);
    }

    private int Current<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var version = _states.TryGetValue($"{grainId} {stateName}", out var stored) ? stored.Version : 0;
        return grainState.ETag == (version == 0 ? null : $"{version}")
            ? version
            : throw new InconsistentStateException("Somebody else has written.", $"{version}", grainState.ETag);
    }
}
