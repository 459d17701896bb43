using System.Runtime.CompilerServices;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A state of an activation, between the grain and a storage provider.</summary>
internal sealed class PersistentState<T>(Activation activation, string stateName, IGrainStorage storage) : IPersistentState<T>
{
    private readonly GrainState<T> _state = new(Empty());

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await storage.ReadStateAsync(stateName, activation.GrainId, _state, cancellationToken);
        FillEmpty();
    }

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        storage.WriteStateAsync(stateName, activation.GrainId, _state, cancellationToken);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await storage.ClearStateAsync(stateName, activation.GrainId, _state, cancellationToken);
        FillEmpty();
    }

    /// <summary>A state that has not been written is an empty one, not null.</summary>
    internal static T Empty()
    {
        var type = typeof(T);
        return type.IsValueType || type.GetConstructor(Type.EmptyTypes) is not null
            ? Activator.CreateInstance<T>()
            : (T)RuntimeHelpers.GetUninitializedObject(type);
    }

    private void FillEmpty() => _state.State ??= Empty();
}
