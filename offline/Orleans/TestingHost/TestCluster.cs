using System.Collections.ObjectModel;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo and a client for tests.</summary>
public class TestCluster : IDisposable, IAsyncDisposable
{
    private readonly InProcessTestCluster _inner;

    internal TestCluster(InProcessTestCluster inner, TestClusterOptions options)
    {
        _inner = inner;
        Options = options;
    }

    public TestClusterOptions Options { get; }

    public SiloHandle Primary => _inner.Silos[0];

    public ReadOnlyCollection<SiloHandle> Silos => _inner.Silos.Cast<SiloHandle>().ToList().AsReadOnly();

    public IClusterClient Client => _inner.Client;

    public IGrainFactory GrainFactory => _inner.Client;

    public IServiceProvider ServiceProvider => _inner.Client.ServiceProvider;

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _inner.GetSiloServiceProvider(silo);

    public void Deploy() => DeployAsync().GetAwaiter().GetResult();

    public Task DeployAsync() => _inner.DeployAsync();

    public Task WaitForDeactivationAsync(IAddressable grain) => _inner.WaitForDeactivationAsync(grain);

    public Task DeactivateAsync(IAddressable grain) => _inner.DeactivateAsync(grain);

    public async Task<SiloHandle> RestartSiloAsync(SiloHandle instance) => await _inner.RestartSiloAsync((InProcessSiloHandle)instance);

    public Task StopSiloAsync(SiloHandle instance) => instance.StopSiloAsync(stopGracefully: true);

    public Task StopAllSilosAsync() => _inner.StopAllSilosAsync();

    public void StopAllSilos() => StopAllSilosAsync().GetAwaiter().GetResult();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _inner.DisposeAsync();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }
    }
}
