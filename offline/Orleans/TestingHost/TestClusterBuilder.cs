using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>Makes a test cluster from configurator classes.</summary>
public class TestClusterBuilder
{
    private readonly InProcessTestClusterBuilder _inner;

    public TestClusterBuilder()
        : this(1)
    {
    }

    /// <summary>The stand-in runs one silo, however many are asked for.</summary>
    public TestClusterBuilder(short initialSilosCount)
    {
        _inner = new InProcessTestClusterBuilder(initialSilosCount);
        Options.InitialSilosCount = initialSilosCount;
    }

    public TestClusterOptions Options { get; } = new();

    public Dictionary<string, string> Properties { get; } = new(StringComparer.Ordinal);

    public static string CreateClusterId() => InProcessTestClusterBuilder.CreateClusterId();

    public TestClusterBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        _inner.ConfigureHost(host => configureDelegate(host.Configuration));
        return this;
    }

    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        _inner.ConfigureSilo((_, silo) => ((ISiloConfigurator)(object)new T()).Configure(silo));
        return this;
    }

    public TestClusterBuilder AddClientBuilderConfigurator<T>()
        where T : new()
    {
        _inner.ConfigureClientHost(host =>
            host.UseOrleansClient(client => ((IClientBuilderConfigurator)(object)new T()).Configure(host.Configuration, client)));
        return this;
    }

    public TestCluster Build()
    {
        _inner.Options.InitialSilosCount = Options.InitialSilosCount;
        _inner.Options.ClusterId = Options.ClusterId;
        _inner.Options.ServiceId = Options.ServiceId;
        _inner.Options.InitializeClientOnDeploy = Options.InitializeClientOnDeploy;
        return new TestCluster(_inner.Build(), Options);
    }
}
