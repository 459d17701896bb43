namespace Donmai.Engine.Tests.Cluster;

/// <summary>One cluster for the tests of a class; each test has keys of its own.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    internal EngineCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await EngineCluster.Start();

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
