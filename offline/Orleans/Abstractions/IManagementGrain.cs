namespace Orleans.Runtime;

/// <summary>Asks a silo about its activations; its key is 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    Task ForceActivationCollection(TimeSpan ageLimit);

    Task<int> GetTotalActivationCount();
}
