using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A named state of an activation, kept by a storage provider.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
