using Orleans.Storage;

namespace Donmai.Grains.Tests.Machines;

/// <summary>One daemon's way to the disk. When the daemon is killed nothing it still does reaches the disk, or returns.</summary>
internal sealed class StorageConnection(SurvivingStorage disk) : IGrainStorage
{
    private volatile bool _cut;

    public void Cut() => _cut = true;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _cut ? Never() : disk.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _cut ? Never() : disk.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _cut ? Never() : disk.ClearStateAsync(stateName, grainId, grainState);

    private static Task Never() => Task.Delay(Timeout.Infinite);
}
