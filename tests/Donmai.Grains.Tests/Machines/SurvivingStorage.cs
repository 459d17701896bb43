using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace Donmai.Grains.Tests.Machines;

/// <summary>Grain state that outlives a silo, as JSON like the journal's; can refuse to write like a full disk.</summary>
internal sealed class SurvivingStorage
{
    private readonly ConcurrentDictionary<(string State, string Grain), (string Json, string ETag)> _states = new();
    private long _version;

    /// <summary>Why nothing can be written at the moment; <see langword="null"/> when it can.</summary>
    public Func<string, bool> Refuses { get; set; } = static _ => false;

    /// <summary>Whether a write that has reached the disk is acknowledged; when not, its writer waits for ever, as if it had died.</summary>
    public Func<string, bool> Acknowledges { get; set; } = static _ => true;

    /// <summary>All that is on the disk.</summary>
    public string Everything => string.Concat(_states.Values.Select(static stored => stored.Json));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_states.TryGetValue(Key(stateName, grainId), out var stored))
            (grainState.State, grainState.ETag, grainState.RecordExists) = (JsonSerializer.Deserialize<T>(stored.Json)!, stored.ETag, true);
        else
            (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.Serialize(grainState.State);
        await Task.Yield();
        var key = Key(stateName, grainId);
        if (Refuses(stateName))
            throw new IOException("no space left on the test's disk");
        var stored = _states.TryGetValue(key, out var before) ? before.ETag : null;
        if (stored != grainState.ETag)
            throw new InconsistentStateException("written by somebody else", stored ?? "", grainState.ETag ?? "");
        var etag = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        _states[key] = (json, etag);
        if (!Acknowledges(stateName))
            await Task.Delay(Timeout.Infinite);
        (grainState.ETag, grainState.RecordExists) = (etag, true);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Refuses(stateName))
            throw new IOException("no space left on the test's disk");
        _states.TryRemove(Key(stateName, grainId), out _);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        return Task.CompletedTask;
    }

    public bool Has(string stateName, string key) => _states.Keys.Any(stored => stored.State == stateName && stored.Grain.EndsWith($"/{key}", StringComparison.Ordinal));

    public string Json(string stateName, string key) =>
        _states.Single(stored => stored.Key.State == stateName && stored.Key.Grain.EndsWith($"/{key}", StringComparison.Ordinal)).Value.Json;

    private static (string State, string Grain) Key(string stateName, GrainId grainId) => (stateName, grainId.ToString());
}
