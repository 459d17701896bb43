namespace Orleans.Runtime;

/// <inheritdoc/>
internal sealed class ClusterClient(GrainCaller caller, IServiceProvider services) : GrainFactory(caller), IClusterClient
{
    public IServiceProvider ServiceProvider => services;
}
