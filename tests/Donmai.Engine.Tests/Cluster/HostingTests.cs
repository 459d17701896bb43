using Orleans.TestingHost;

namespace Donmai.Engine.Tests.Cluster;

public sealed class HostingTests
{
    [Fact]
    public async Task A_test_cluster_is_made_from_configurators()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<Configurator>();
        var cluster = builder.Build();
        await cluster.DeployAsync();
        (await cluster.GrainFactory.GetGrain<Calls.ICounterGrain>("classic").Add(1)).ShouldBe(1);
        (await cluster.Client.GetGrain<States.INoteGrain>("classic").Read()).Text.ShouldBe("empty");
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }

    [Fact]
    public void The_engine_has_a_name_and_a_version()
    {
        var engine = typeof(Grain).Assembly.GetName();
        engine.Name.ShouldNotBeNullOrEmpty();
        engine.Version.ShouldNotBeNull();
    }

    private sealed class Configurator : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) =>
            siloBuilder.AddMemoryGrainStorageAsDefault().AddMemoryGrainStorage("other");
    }
}
