using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Gives the constructor of a grain class what it asks for; used by generated code.</summary>
public sealed class GrainActivator
{
    private readonly Activation _activation;

    internal GrainActivator(Activation activation) => _activation = activation;

    public IGrainContext Context => _activation;

    public T Service<T>()
        where T : notnull => _activation.ActivationServices.GetRequiredService<T>();

    public T? ServiceOrDefault<T>(T? otherwise) => _activation.ActivationServices.GetService<T>() ?? otherwise;

    public T KeyedService<T>(object? key)
        where T : notnull => _activation.ActivationServices.GetRequiredKeyedService<T>(key);

    public IPersistentState<T> State<T>(string stateName, string? storageName)
    {
        var state = new PersistentState<T>(_activation, stateName, StorageFor(storageName));
        _activation.States.Add(state);
        return state;
    }

    private IGrainStorage StorageFor(string? storageName)
    {
        var services = _activation.ActivationServices;
        return (storageName is null
            ? services.GetService<IGrainStorage>() ?? services.GetKeyedService<IGrainStorage>(GrainStorageNames.Default)
            : services.GetKeyedService<IGrainStorage>(storageName))
            ?? throw new BadProviderConfigException(
                $"{_activation.Class.Type.Name} asks for the storage provider \"{storageName ?? GrainStorageNames.Default}\", which the silo does not have.");
    }
}
