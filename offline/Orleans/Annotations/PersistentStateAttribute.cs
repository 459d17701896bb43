namespace Orleans.Runtime;

/// <summary>Injects a persistent state of the activation into its constructor, read before the activation starts.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
